import { renewalDelayMs } from '../../../../local/functions-host/queue/message-lease';

test.each([
  ['the lease of Azure', 600, [300_000, 150_000, 75_000, 60_000, 60_000]],
  ['a short lease', 5, [2_500, 1_250, 625, 500, 500]],
])('%s is renewed at half of it, and sooner after renewals that failed', (_, seconds, delays) => {
  expect([0, 1, 2, 3, 9].map((failures) => renewalDelayMs(seconds, failures))).toEqual(delays);
});
