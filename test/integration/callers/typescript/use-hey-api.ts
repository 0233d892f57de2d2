import { createMeeting, getBatch, submitBatch, type ErrorAnswer } from './hey-api';
import { client } from './hey-api/client.gen';

client.setConfig({ baseUrl: process.argv[2] ?? '' });
const meeting = { subject: 'hey-api', startDateTime: '2030-01-15T14:30:00Z' };
const organizer = 'anna@contoso.com';
const request = { requestId: 'hey-api', organizer, durationMinutes: 30, meeting };

const created = await createMeeting({ body: request });
const refused = await createMeeting({
  body: { ...request, meeting: { ...meeting, startDateTime: 'tomorrow' } },
});
// Not typed by the generator, because Azure's answer to a wrong key has no body.
const error = refused.error as ErrorAnswer | undefined;
const batch = await submitBatch({
  body: { requests: [{ ...request, requestId: 'hey-api-1' }] },
});
const state = await getBatch({ path: { batchId: batch.data?.batchId ?? '' } });

console.log(
  JSON.stringify({
    created: created.data?.status,
    link: created.data?.meeting?.joinWebUrl,
    refused: error?.error.code,
    total: state.data?.counts.total,
  }),
);
