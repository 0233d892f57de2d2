import fc from 'fast-check';
import { toChange, type PendingChange } from '../../../src/meetings/change';
import {
  decideChange,
  type ChangeEvent,
  type ChangeInput,
} from '../../../src/meetings/changes/decide-change';
import type { LedgerEntry, Progress } from '../../../src/meetings/ledger';
import { MeetingError } from '../../../src/errors/meeting-error';
import { meetingStatuses, type MeetingStatus } from '../../../src/results/meeting-result';

const now = Date.parse('2026-12-01T08:00:00Z');
const metadata = { attempts: 0, acceptedDateTime: '2026-12-01T08:00:00.000Z' };

const change = (action: 'upsert' | 'update' | 'cancel', revision: number) =>
  toChange(
    { requestId: 'r-1', action, revision, organizer: '', meeting: { subject: 'New' } },
    metadata,
  );

const finishedAs = (status: MeetingStatus): Progress => ({
  state: 'finished',
  result: {
    requestId: 'r-1',
    status,
    organizer: { given: 'anna@contoso.com', id: 'a' },
    meeting: null,
    notApplied: [],
    error: null,
    ...metadata,
    completedDateTime: metadata.acceptedDateTime,
  },
});

const pendings = fc.record({
  key: fc.constantFrom(change('update', 5).key, 'another'),
  revision: fc.nat({ max: 9 }),
  action: fc.constantFrom('update', 'cancel'),
  properties: fc.constant({ subject: 'Pending' }),
  attempts: fc.constant(1),
  leaseUntil: fc.constantFrom(0, now + 1),
  metadata: fc.constant(metadata),
}) as fc.Arbitrary<PendingChange>;

const entries = fc.record(
  {
    requestId: fc.constant('r-1'),
    fingerprint: fc.constant({
      organizer: 'anna@contoso.com',
      subject: null,
      startDateTime: null,
      endDateTime: null,
      externalId: null,
    }),
    plan: fc.constantFrom('ensure', 'createOnce'),
    attempts: fc.constant(1),
    acceptedDateTime: fc.constant(metadata.acceptedDateTime),
    progress: fc.oneof(
      fc.constantFrom(...meetingStatuses).map(finishedAs),
      fc.constant<Progress>({ state: 'waiting' }),
      fc
        .constantFrom(0, now + 1)
        .map((leaseUntil) => ({ state: 'inProgress', leaseUntil }) as const),
    ),
    request: fc.constant({ organizer: 'anna@contoso.com', meeting: {} }),
    requested: fc.constantFrom({ subject: 'Old' }, { subject: 'New' }),
    revision: fc.nat({ max: 9 }),
    begunBy: fc.constantFrom(change('upsert', 5).key, 'another'),
    pending: pendings,
    isCancelled: fc.constant(true),
    mayHaveMeeting: fc.constant(true),
  },
  {
    requiredKeys: ['requestId', 'fingerprint', 'plan', 'attempts', 'acceptedDateTime', 'progress'],
  },
) as fc.Arbitrary<LedgerEntry>;

const broken = new MeetingError('graphUnavailable', 'It broke off.', { executed: 'unknown' });
const events = fc.constantFrom<ChangeEvent>(
  { kind: 'arrived' },
  { kind: 'arrived', createTried: true },
  { kind: 'applied', changed: true },
  { kind: 'broke', error: broken, isLastAttempt: false },
  { kind: 'broke', error: broken, isLastAttempt: true },
);

const positions = fc.record({
  change: fc.constantFrom(change('upsert', 5), change('update', 5), change('cancel', 5)),
  entry: fc.option(entries, { nil: undefined }),
  ended: fc.constant(undefined),
  objections: fc.constant({}),
}) as fc.Arbitrary<ChangeInput>;

const holds = (
  check: (position: ChangeInput, decision: ReturnType<typeof decideChange>) => void,
): void =>
  fc.assert(
    fc.property(positions, (position) =>
      check(position, decideChange(position, { kind: 'arrived' }, now)),
    ),
  );

test('every state has a decision for every event', () => {
  fc.assert(
    fc.property(positions, events, (position, event) => {
      expect(decideChange(position, event, now).kind).toEqual(expect.any(String));
    }),
  );
});

test('nothing calls Graph for a request that is cancelled', () =>
  holds(({ entry }, { kind }) => {
    const isAllowed = entry?.isCancelled !== true || ['end', 'replay'].includes(kind);
    expect(isAllowed).toBe(true);
  }));

test('no attempt claims a request that another one holds', () =>
  holds(({ entry }, { kind }) => {
    const isHeld = entry?.pending?.leaseUntil === now + 1;
    expect(isHeld && kind === 'claim').toBe(false);
  }));

test('a change is claimed only if no newer one was made, or if it was left behind', () =>
  holds(({ entry }, decision) => {
    if (decision.kind !== 'claim') return;
    const isLeft = decision.pending.key === entry?.pending?.key;
    expect(isLeft || decision.pending.revision >= (entry?.revision ?? 0)).toBe(true);
  }));

test('a change that broke off is never unknown: it is left to another attempt, or fails', () =>
  fc.assert(
    fc.property(positions, fc.boolean(), (position, isLastAttempt) => {
      const { kind } = decideChange(position, { kind: 'broke', error: broken, isLastAttempt }, now);
      expect(kind).toBe(isLastAttempt ? 'fail' : 'release');
    }),
  ));
