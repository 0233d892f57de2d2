import createClient from 'openapi-fetch';
import type { paths } from './schema';

const client = createClient<paths>({ baseUrl: process.argv[2] ?? '' });
const meeting = { subject: 'openapi-fetch', startDateTime: '2030-01-15T14:30:00Z' };
const organizer = 'anna@contoso.com';
const request = { requestId: 'openapi-fetch', organizer, durationMinutes: 30, meeting };

const created = await client.POST('/createMeeting', { body: request });
const refused = await client.POST('/createMeeting', {
  body: { ...request, meeting: { ...meeting, startDateTime: 'tomorrow' } },
});
const batch = await client.POST('/batches', {
  body: { requests: [{ ...request, requestId: 'openapi-fetch-1' }] },
});
const batchId = batch.data?.batchId ?? '';
const state = await client.GET('/batches/{batchId}', { params: { path: { batchId } } });

console.log(
  JSON.stringify({
    created: created.data?.status,
    link: created.data?.meeting?.joinWebUrl,
    refused: refused.error?.error.code,
    total: state.data?.counts.total,
  }),
);
