import type { PendingChange } from '../../src/meetings/change';
import type { LedgerEntry } from '../../src/meetings/ledger';
import type { MeetingStatus } from '../../src/results/meeting-result';
import type { TrialChange } from '../../trial/plan/changes';
import type { CollectedResult } from '../../trial/results/result-collector';
import type { History, Mail } from '../../trial/verdict/history';
import { contradiction } from '../../trial/verdict/request-verdict';

const withMeeting = new Set(['created', 'existing', 'updated', 'unchanged', 'superseded']);

const result = (status: MeetingStatus, change: Partial<CollectedResult> = {}): CollectedResult => ({
  requestId: 'r',
  row: undefined,
  revision: undefined,
  pass: undefined,
  status,
  meetingId: withMeeting.has(status) ? 'm' : undefined,
  code: undefined,
  attempts: 1,
  notApplied: 0,
  completedDateTime: '2026-12-01T08:00:02.000Z',
  ...change,
});

const finished = (status: MeetingStatus, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  requestId: 'r',
  fingerprint: {
    organizer: 'anna@contoso.com',
    subject: null,
    startDateTime: null,
    endDateTime: null,
    externalId: null,
  },
  plan: 'ensure',
  attempts: 1,
  acceptedDateTime: '2026-12-01T08:00:00.000Z',
  progress: {
    state: 'finished',
    result: {
      requestId: 'r',
      status,
      organizer: { given: 'anna@contoso.com', id: null },
      meeting: withMeeting.has(status) ? { id: 'm' } : null,
      notApplied: [],
      error: null,
      attempts: 1,
      acceptedDateTime: '2026-12-01T08:00:00.000Z',
      completedDateTime: '2026-12-01T08:00:01.000Z',
    },
  },
  ...more,
});

const made = { id: 'm', subject: 'Meeting r', lobby: 'everyone' };
const answer = { requestId: 'r', revision: undefined, meetingId: 'm', code: undefined };

const created: History = {
  request: {
    requestId: 'r',
    organizer: 'anna@contoso.com',
    meeting: { subject: 'Meeting r', startDateTime: '', endDateTime: '' },
    createOnly: false,
  },
  changes: [],
  made: [made],
  madeAt: ['2026-12-01T08:00:00.500Z'],
  events: 0,
  mails: [],
  results: [result('created')],
  answers: [{ ...answer, status: 201 }],
  entry: finished('created'),
  isRetried: false,
  cancelled: new Map([['b', true]]),
};
const refused = result('failed', { row: 'b:0', code: 'cancelled', attempts: 0 });
const unknown = { entry: finished('unknown'), results: [result('unknown')], answers: [] };

test.each<[string, Partial<History>]>([
  ['it has its meeting', {}],
  [
    'a row of a batch found it',
    { results: [result('created'), result('existing', { row: 'b:1' })] },
  ],
  [
    'a cancelled batch refused it, and another sender asked',
    { results: [refused, result('created')] },
  ],
  [
    'its batch was cancelled',
    { results: [refused], made: [], answers: [], entry: finished('failed') },
  ],
  ['nobody knows', unknown],
  [
    'a person retried it',
    { isRetried: true, results: [result('unknown'), result('created', { attempts: 2 })] },
  ],
])('nothing contradicts when %s', (_, change) => {
  expect(contradiction({ ...created, ...change })).toBeUndefined();
});

test.each<[string, Partial<History>, RegExp]>([
  ['two results', { results: [result('created'), result('unknown')] }, /results differ/],
  [
    'two meetings',
    { results: [result('created'), result('created', { meetingId: 'n' })] },
    /2 meetings/,
  ],
  ['no meeting', { made: [] }, /Graph does not/],
  [
    'a meeting',
    { results: [result('failed')], answers: [], entry: finished('failed') },
    /there is a meeting/,
  ],
  [
    'a caller',
    { answers: [{ ...answer, status: 424, meetingId: undefined }] },
    /was told itself 424/,
  ],
  ['its row', { entry: finished('unknown') }, /its row says itself unknown/],
  ['an open row', { entry: { ...finished('created'), progress: { state: 'waiting' } } }, /waiting/],
  ['no row', { entry: undefined }, /its row is gone/],
  ['a row that was cancelled', { results: [refused, result('created', { row: 'b:0' })] }, /b:0 is/],
  ['a batch that was not', { results: [refused, result('created')], cancelled: new Map() }, /b:0/],
  [
    'the same attempt',
    { isRetried: true, results: [result('unknown'), result('created')] },
    /results differ/,
  ],
])('a result is contradicted by %s', (_, change, why) => {
  expect(contradiction({ ...created, ...change })).toMatch(why);
});

const changes: readonly TrialChange[] = [
  { action: 'update', revision: 1, sets: { subject: 'Meeting r, revision 1' } },
  { action: 'upsert', revision: 2, sets: { subject: 'Meeting r, revision 2' } },
  { action: 'cancel', revision: 3, sets: {} },
];
const changed = (...results: readonly CollectedResult[]): Partial<History> => ({
  changes,
  results: [result('created'), ...results],
});
const revision = (number: number): Partial<History> => ({
  made: [{ ...made, subject: `Meeting r, revision ${number}` }],
});
const gone = {
  made: [],
  entry: finished('created', { isCancelled: true }),
  ...changed(result('updated', { revision: 1 }), result('cancelled', { revision: 3 })),
};

test.each<[string, Partial<History>]>([
  ['it was changed', { ...changed(result('updated', { revision: 1 })), ...revision(1) }],
  [
    'the older change came later',
    {
      ...changed(result('updated', { revision: 2 }), result('superseded', { revision: 1 })),
      ...revision(2),
    },
  ],
  [
    'a change failed that may be in effect',
    { ...changed(result('failed', { revision: 1, code: 'graphUnavailable' })), ...revision(1) },
  ],
  [
    'a cancel failed that may be in effect',
    { ...changed(result('failed', { revision: 3, code: 'processingFailed' })), made: [] },
  ],
  ['it was cancelled', gone],
  [
    'a change came after the cancel',
    {
      ...gone,
      results: [
        result('created'),
        result('cancelled', { revision: 3 }),
        result('cancelled', { revision: 1, code: 'requestCancelled' }),
      ],
    },
  ],
])('nothing contradicts when %s', (_, change) => {
  expect(contradiction({ ...created, ...change })).toBeUndefined();
});

test.each<[string, Partial<History>, RegExp]>([
  [
    'a lower revision',
    {
      ...changed(result('updated', { revision: 1 }), result('updated', { revision: 2 })),
      ...revision(1),
    },
    /its subject is Meeting r, revision 1, and not Meeting r, revision 2/,
  ],
  [
    'two ends of one change',
    changed(result('updated', { revision: 1 }), result('superseded', { revision: 1 })),
    /revision 1: results differ/,
  ],
  ['a meeting after the cancel', { ...gone, made: [made] }, /it is cancelled, and there is a/],
  [
    'a meeting that was made after the cancel',
    { ...gone, madeAt: ['2026-12-01T08:00:03.000Z'] },
    /made after it was cancelled/,
  ],
  ['a cancel that nobody made', { ...gone, results: [result('created')] }, /nobody was told/],
  ['a cancel that is not recorded', { ...gone, entry: finished('created') }, /is not cancelled/],
  [
    'a change that is left open',
    { entry: { ...finished('created'), pending: { revision: 1 } as PendingChange } },
    /revision 1 is left open/,
  ],
])('a change is contradicted by %s', (_, change, why) => {
  expect(contradiction({ ...created, ...change })).toMatch(why);
});

const mail = (kind: Mail['kind'], lobby = 'everyone'): Mail => ({
  kind,
  to: 'one@fabrikam.com',
  from: 'anna@contoso.com',
  subject: 'Meeting r',
  eventId: 'e',
  sentDateTime: '',
  comment: null,
  lobby,
  joinUrl: null,
});
const inCalendar: History = {
  ...created,
  request: {
    ...created.request,
    meeting: { ...created.request.meeting, lobbyBypassSettings: { scope: 'everyone' } },
    calendar: { invite: ['one@fabrikam.com'] },
  },
  events: 1,
  mails: [mail('invitation')],
};

test.each<[string, Partial<History>, string | undefined]>([
  ['it has one event and one invitation', {}, undefined],
  ['somebody has two invitations', { mails: [mail('invitation'), mail('invitation')] }, '2 times'],
  ['somebody has none', { mails: [] }, 'was not invited'],
  ['there are two events', { events: 2 }, '2 events'],
  [
    'the lobby was not set yet',
    { mails: [mail('invitation', 'organization')] },
    'was organization',
  ],
  ['it was cancelled by mail only', { mails: [mail('invitation'), mail('cancellation')] }, 'told'],
])('a meeting in a calendar is judged when %s', (_, change, wrong) => {
  const found = contradiction({ ...inCalendar, ...change });
  if (wrong === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(wrong);
});
