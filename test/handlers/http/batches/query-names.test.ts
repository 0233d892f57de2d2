import { HttpRequest, InvocationContext } from '@azure/functions';
import { makeSubmitBatchHandler } from '../../../../src/handlers/http/batches/batches';
import { BatchHarness } from '../../../support/harness/batch-harness';

const csv = 'subject,startDateTime\nEvening,2030-12-03T18:00Z\n';

const submit = (harness: BatchHarness, query: Readonly<Record<string, string>>) =>
  makeSubmitBatchHandler(harness.deps)(
    new HttpRequest({
      method: 'POST',
      url: 'https://convoke.example/api/batches',
      query: { organizer: 'anna@contoso.com', durationMinutes: '30', ...query },
      headers: { 'content-type': 'text/csv' },
      body: { bytes: Buffer.from(csv) },
    }),
    new InvocationContext(),
  );

test.each([
  ['Preview', 'preview'],
  ['preveiw', 'preview'],
  ['Sheet', 'sheet'],
  ['organiser', 'organizer'],
  ['meeting.subjct', 'meeting.subject'],
  ['calender.enabled', 'calendar.enabled'],
])('POST /api/batches?%s= is refused with a hint, and nothing is stored', async (name, meant) => {
  const harness = new BatchHarness();
  await expect(submit(harness, { [name]: 'true' })).rejects.toMatchObject({
    code: 'invalidRequest',
    target: name,
    message: `The query parameter ${name} is not supported here. Did you mean ${meant}?`,
  });
  expect(harness.batches.rows.size + harness.rows.blobs.size).toBe(0);
});

test.each(['timezone', 'TimeZone', 'timeZone', 'dateOrder', 'code', 'subscription-key'])(
  'POST /api/batches?%s= is accepted',
  async (name) => {
    const harness = new BatchHarness();
    const value = name === 'dateOrder' ? 'dmy' : 'Europe/Berlin';
    expect(await submit(harness, { [name]: value })).toMatchObject({ status: 202 });
  },
);
