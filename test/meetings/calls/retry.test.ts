import fc from 'fast-check';
import { MeetingError } from '../../../src/errors/meeting-error';
import { nextDelay, withRetries } from '../../../src/meetings/calls/retry';
import { fakeRandom, FakeClock } from '../../support/fakes/fake-clock';

const throttled = (retryAfterMs?: number): MeetingError =>
  new MeetingError('throttled', 'x', { retryAfterMs });
const cutOff = new MeetingError('graphUnavailable', 'x', { executed: 'unknown' });
const refused = new MeetingError('graphRejected', 'x');

describe('nextDelay', () => {
  test('uses Retry-After unchanged', () => {
    expect(nextDelay(throttled(7_000), 1, () => 0.9)).toBe(7_000);
    expect(nextDelay(throttled(0), 3, () => 0.9)).toBe(0);
  });

  test.each([
    [1, 0, 500],
    [1, 0.999, 1000],
    [2, 0.5, 1500],
    [3, 0.5, 3000],
  ])('after try %i with random %d waits %i ms', (tried, random, expected) => {
    expect(nextDelay(throttled(), tried, () => random)).toBe(expected);
  });

  test('is never less than half of its ceiling', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (tried, random) => {
          const delay = nextDelay(throttled(), tried, () => random);
          expect(delay).toBeGreaterThanOrEqual(250 * 2 ** tried);
          expect(delay).toBeLessThanOrEqual(500 * 2 ** tried);
        },
      ),
    );
  });
});

describe('withRetries', () => {
  const run = async (errors: Error[], repeatable: boolean, secondsLeft = 60) => {
    const clock = new FakeClock();
    const queue = [...errors];
    let calls = 0;
    const call = (): Promise<string> => {
      calls += 1;
      const error = queue.shift();
      return error === undefined ? Promise.resolve('done') : Promise.reject(error);
    };
    const deadline = clock.now().getTime() + secondsLeft * 1000;
    const answer = await withRetries(
      call,
      { repeatable, deadline },
      { clock, random: fakeRandom() },
    ).catch((thrown: unknown) => (thrown as MeetingError).code);
    return { answer, calls, slept: clock.slept };
  };

  test.each<[string, Error[], boolean, number, object]>([
    ['one that succeeds', [], false, 60, { answer: 'done', calls: 1, slept: [] }],
    [
      'one that was not executed',
      [throttled(1_000)],
      false,
      60,
      { answer: 'done', calls: 2, slept: [1_000] },
    ],
    [
      'one that may have been, if it is repeatable',
      [cutOff],
      true,
      60,
      { answer: 'done', calls: 2, slept: [750] },
    ],
    [
      'not one that may have been and is not',
      [cutOff],
      false,
      60,
      { answer: 'graphUnavailable', calls: 1, slept: [] },
    ],
    [
      'not one that was refused',
      [refused],
      true,
      60,
      { answer: 'graphRejected', calls: 1, slept: [] },
    ],
    [
      'not one that asks for a long wait',
      [throttled(5_001)],
      true,
      60,
      { answer: 'throttled', calls: 1, slept: [] },
    ],
    [
      'not one whose wait goes beyond the deadline',
      [throttled(2_000)],
      true,
      2,
      { answer: 'throttled', calls: 1, slept: [] },
    ],
    [
      'not one more than four times',
      [throttled(1), throttled(2), throttled(3), throttled(4)],
      true,
      60,
      { answer: 'throttled', calls: 4, slept: [1, 2, 3] },
    ],
  ])('makes again: %s', async (_name, errors, repeatable, secondsLeft, expected) => {
    expect(await run(errors, repeatable, secondsLeft)).toEqual(expected);
  });

  test.each<[string, MeetingError[], string]>([
    ['a refusal alone', [refused], 'no'],
    ['a refusal after a try that was cut off', [cutOff, refused], 'unknown'],
    ['a long wait after a try that was cut off', [cutOff, throttled(60_000)], 'unknown'],
    ['refusals of every try', [throttled(1), throttled(2), refused], 'no'],
  ])('says whether any try may have had an effect: %s', async (_name, errors, expected) => {
    const queue = [...errors];
    const call = (): Promise<never> => Promise.reject(queue.shift() ?? new Error('done'));
    const retrying = { repeatable: true, deadline: Infinity };
    const made = withRetries(call, retrying, { clock: new FakeClock(), random: fakeRandom() });
    await expect(made).rejects.toMatchObject({ code: errors.at(-1)?.code, executed: expected });
  });
});
