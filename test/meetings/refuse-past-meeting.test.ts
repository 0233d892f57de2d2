import { refusePastMeeting } from '../../src/meetings/refuse-past-meeting';
import { aRequest, CoreHarness } from '../support/harness/core-harness';

/** It ends at 15:00. */
const end = '2026-12-01T15:00:00.000Z';

const check = (now: string, change: object = {}, { deps } = new CoreHarness()): Promise<void> =>
  refusePastMeeting(aRequest, now, { ...deps, ...change });

test.each(['2026-12-01T14:45:00.000Z', end])('a meeting that ends at %s or later is taken', (now) =>
  expect(check(now)).resolves.toBeUndefined(),
);

test('a meeting that is over is refused, and how it may have come about is said', async () => {
  await expect(check('2026-12-01T15:00:00.001Z')).rejects.toMatchObject({
    code: 'invalidRequest',
    target: 'meeting.endDateTime',
    details: [{ code: 'inThePast', target: 'meeting.endDateTime' }],
    message: expect.stringMatching(/is already over.*1904/) as string,
  });
});

test('one setting allows it', () =>
  expect(check('2030-01-01T00:00:00Z', { allowPast: true })).resolves.toBeUndefined());

test('a request that is known keeps its result after its meeting', () =>
  expect(
    check('2030-01-01T00:00:00Z', { ledger: { read: () => Promise.resolve({}) } as never }),
  ).resolves.toBeUndefined());
