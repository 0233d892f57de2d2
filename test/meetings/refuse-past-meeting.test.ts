import { createMeeting } from '../../src/meetings/create/create-meeting';
import { refuseCancelled } from '../../src/meetings/create/refuse-cancelled';
import { retryRequest } from '../../src/meetings/create/retry-request';
import { refusePastMeeting } from '../../src/meetings/carry-out';
import { aRequest, CoreHarness } from '../support/harness/core-harness';

/** It ends at 15:00. */
const end = '2026-12-01T15:00:00.000Z';

const check = (now: string, change: object = {}, { deps } = new CoreHarness()): Promise<void> =>
  refusePastMeeting(aRequest, now, { ...deps, ...change });

test.each(['2026-12-01T14:45:00.000Z', end])('a meeting that ends at %s or later is taken', (now) =>
  expect(check(now)).resolves.toBeUndefined(),
);

test('a meeting that is over is refused, and the message names a possible cause', async () => {
  await expect(check('2026-12-01T15:00:00.001Z')).rejects.toMatchObject({
    code: 'invalidRequest',
    target: 'meeting.endDateTime',
    details: [{ code: 'inThePast', target: 'meeting.endDateTime' }],
    message: expect.stringMatching(/is already over.*1904/) as string,
  });
});

test('one setting allows it', () =>
  expect(check('2030-01-01T00:00:00Z', { allowPast: true })).resolves.toBeUndefined());

describe('a request that was there before its meeting was over', () => {
  const over = '2030-01-01T00:00:00Z';
  const row = { batchId: 'batch-1', index: 0, attempts: 0, acceptedDateTime: end };

  test('keeps its result', async () => {
    const core = new CoreHarness();
    await createMeeting(aRequest, core.metadata(), core.deps);
    await expect(check(over, {}, core)).resolves.toBeUndefined();
  });

  test('is refused when it only was a row of a cancelled batch', async () => {
    const core = new CoreHarness();
    const request = { ...aRequest, requestId: 'enrolment-2026-0017' };
    await refuseCancelled({ request, metadata: row }, core.deps);
    await expect(check(over, {}, core)).rejects.toMatchObject({ code: 'invalidRequest' });
  });

  test('is not retried once its meeting is over', async () => {
    const core = new CoreHarness();
    core.graph.people.clear();
    await createMeeting(aRequest, core.metadata(), core.deps);
    core.graph.people.set('anna@contoso.com', 'dc17674c-81d9-4adb-bfb2-8f6a442e4601');
    core.clock.advance(30 * 86_400_000);
    const retry = { requestId: 'enrolment-2026-0017', confirmed: true, metadata: core.metadata() };
    await expect(retryRequest(retry, core.deps)).rejects.toMatchObject({ code: 'invalidRequest' });
    expect(core.graph.meetings).toEqual([]);
  });
});
