import fc from 'fast-check';
import { MeetingError } from '../../src/errors/meeting-error';
import {
  decide,
  type LedgerEntry,
  type LedgerEvent,
  type Progress,
} from '../../src/meetings/ledger';
import type { MeetingResult, MeetingStatus } from '../../src/results/meeting-result';

const now = Date.parse('2026-12-01T08:00:00Z');

function resultWith(status: MeetingStatus): MeetingResult {
  return {
    requestId: 'r-1',
    status,
    organizer: { given: 'anna@contoso.com', id: null },
    meeting: null,
    notApplied: [],
    error: null,
    attempts: 1,
    acceptedDateTime: '2026-12-01T07:59:00.000Z',
    completedDateTime: '2026-12-01T07:59:01.000Z',
  };
}

const entry = (plan: LedgerEntry['plan'], progress: Progress, attempts = 1): LedgerEntry => ({
  requestId: 'r-1',
  fingerprint: {
    organizer: 'anna@contoso.com',
    subject: null,
    startDateTime: null,
    endDateTime: null,
    externalId: null,
  },
  plan,
  attempts,
  acceptedDateTime: '2026-12-01T07:59:00.000Z',
  progress,
});

const held: Progress = { state: 'inProgress', leaseUntil: Date.parse('2026-12-01T08:00:01Z') };
const lapsed: Progress = { state: 'inProgress', leaseUntil: Date.parse('2026-12-01T08:00:00Z') };
const waiting: Progress = { state: 'waiting' };
const finished = (status: MeetingStatus): Progress => ({
  state: 'finished',
  result: resultWith(status),
});

const { fingerprint } = entry('ensure', waiting);
const arrived: LedgerEvent = {
  kind: 'arrived',
  acceptedDateTime: '2026-12-01T08:00:00.000Z',
  fingerprint,
};
const copy = { ...arrived, acceptedDateTime: '2026-12-01T07:59:00.000Z' };
const cancelledSince: LedgerEntry = { ...entry('ensure', finished('created')), isCancelled: true };
const broke = (error: MeetingError, isLastAttempt = false): LedgerEvent => ({
  kind: 'broke',
  error,
  isLastAttempt,
});
const throttled = new MeetingError('throttled', 'x');
const rejected = new MeetingError('graphRejected', 'x');
const cutOff = new MeetingError('graphUnavailable', 'x', { executed: 'unknown' });

describe('decide', () => {
  test.each<[string, LedgerEntry, LedgerEvent, object]>([
    ['a waiting request is worked on', entry('ensure', waiting), arrived, { kind: 'work' }],
    [
      'a waiting createOnce is worked on, since nothing was executed',
      entry('createOnce', waiting),
      arrived,
      { kind: 'work' },
    ],
    [
      'nobody takes over a held ensure',
      entry('ensure', held),
      arrived,
      { kind: 'wait', until: 1796112001000 },
    ],
    [
      'nobody takes over a held createOnce',
      entry('createOnce', held),
      arrived,
      { kind: 'wait', until: 1796112001000 },
    ],
    ['a lapsed ensure is taken over', entry('ensure', lapsed), arrived, { kind: 'work' }],
    [
      'a lapsed createOnce is unknown',
      entry('createOnce', lapsed),
      arrived,
      {
        kind: 'finish',
        status: 'unknown',
        error: new MeetingError(
          'outcomeUnknown',
          'An earlier attempt stopped during its call to Microsoft Graph.',
          { executed: 'unknown' },
        ),
      },
    ],
    [
      'a new meeting is created',
      entry('ensure', held),
      { kind: 'made', created: true },
      { kind: 'finish', status: 'created' },
    ],
    [
      'a meeting that an earlier attempt can have made is created',
      { ...entry('ensure', held), mayHaveMeeting: true },
      { kind: 'made', created: false },
      { kind: 'finish', status: 'created' },
    ],
    [
      'a held request is not retried',
      entry('ensure', held),
      { kind: 'retried' },
      { kind: 'wait', until: 1796112001000 },
    ],
    [
      'a meeting that was there before existed',
      entry('ensure', held),
      { kind: 'made', created: false },
      { kind: 'finish', status: 'existing' },
    ],
    [
      'throttling releases',
      entry('createOnce', held),
      broke(throttled),
      { kind: 'release', error: throttled },
    ],
    [
      'throttling fails a request that is too old',
      entry('ensure', held),
      broke(throttled, true),
      { kind: 'finish', status: 'failed', error: throttled },
    ],
    [
      'a refusal fails',
      entry('ensure', held),
      broke(rejected),
      { kind: 'finish', status: 'failed', error: rejected },
    ],
    [
      'a broken-off ensure is released',
      entry('ensure', held),
      broke(cutOff),
      { kind: 'release', error: cutOff },
    ],
    [
      'a broken-off ensure that is too old is unknown',
      entry('ensure', held),
      broke(cutOff, true),
      { kind: 'finish', status: 'unknown', error: cutOff },
    ],
    [
      'a broken-off createOnce is unknown',
      entry('createOnce', held),
      broke(cutOff),
      { kind: 'finish', status: 'unknown', error: cutOff },
    ],
    [
      'a failed request may be retried',
      entry('ensure', finished('failed')),
      { kind: 'retried' },
      { kind: 'work' },
    ],
    [
      'an unknown request may be retried',
      entry('createOnce', finished('unknown')),
      { kind: 'retried' },
      { kind: 'work' },
    ],
    [
      'a created request is not retried',
      entry('ensure', finished('created')),
      { kind: 'retried' },
      { kind: 'replay', result: resultWith('created') },
    ],
    [
      'a copy of a request that was cancelled since keeps its result',
      cancelledSince,
      copy,
      { kind: 'replay', result: resultWith('created') },
    ],
    ['a cancelled request stays so', cancelledSince, arrived, { kind: 'refuseCancelled' }],
    [
      'a create of the same second as the upsert that was cancelled is cancelled too',
      { ...cancelledSince, begunBy: 'key' },
      copy,
      { kind: 'refuseCancelled' },
    ],
    [
      'another meeting under the id of a request that was cancelled is cancelled too',
      cancelledSince,
      { ...copy, fingerprint: { ...fingerprint, subject: 'Another' } },
      { kind: 'refuseCancelled' },
    ],
    [
      'a meeting that was made for a request which is cancelled is withdrawn',
      cancelledSince,
      { kind: 'made', created: true },
      { kind: 'withdraw' },
    ],
  ])('%s', (_name, row, event, expected) => {
    expect(decide(row, event, now)).toEqual(expected);
  });

  const plans = fc.constantFrom<LedgerEntry['plan']>('ensure', 'createOnce');
  const events = fc.oneof(
    fc.constant(arrived),
    fc.boolean().map((created): LedgerEvent => ({ kind: 'made', created })),
    fc
      .tuple(fc.constantFrom(throttled, rejected, cutOff), fc.boolean())
      .map(([error, isLastAttempt]) => broke(error, isLastAttempt)),
  );

  test('a finished request gives its result and nothing else, whatever comes', () => {
    const statuses = fc.constantFrom<MeetingStatus>('created', 'existing', 'failed', 'unknown');
    fc.assert(
      fc.property(plans, statuses, events, (plan, status, event) => {
        expect(decide(entry(plan, finished(status)), event, now)).toEqual({
          kind: 'replay',
          result: resultWith(status),
        });
      }),
    );
  });

  test('createOnce in progress is never worked on a second time', () => {
    const progress = fc
      .integer({ min: -600_000, max: 600_000 })
      .map((offset): Progress => ({ state: 'inProgress', leaseUntil: now + offset }));
    fc.assert(
      fc.property(progress, (row) => {
        expect(decide(entry('createOnce', row), arrived, now).kind).not.toBe('work');
      }),
    );
  });
});
