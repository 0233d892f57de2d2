import type { LedgerEntry } from '../../src/meetings/ledger';
import type { MeetingStatus } from '../../src/results/meeting-result';
import { contradiction, type Ending } from '../../trial/request-verdict';
import type { CollectedResult } from '../../trial/result-collector';

const result = (status: MeetingStatus, change: Partial<CollectedResult> = {}): CollectedResult => ({
  requestId: 'r',
  row: undefined,
  status,
  meetingId: status === 'created' || status === 'existing' ? 'm' : undefined,
  code: undefined,
  attempts: 1,
  ...change,
});

const finished = (status: MeetingStatus, meetingId?: string): LedgerEntry => ({
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
      meeting: meetingId === undefined ? null : { id: meetingId },
      notApplied: [],
      error: null,
      attempts: 1,
      acceptedDateTime: '2026-12-01T08:00:00.000Z',
      completedDateTime: '2026-12-01T08:00:01.000Z',
    },
  },
});

const created: Ending = {
  made: ['m'],
  results: [result('created')],
  told: [{ requestId: 'r', status: 201, meetingId: 'm' }],
  entry: finished('created', 'm'),
  isRetried: false,
  cancelled: new Map([['b', true]]),
};
const refused = result('failed', { row: 'b:0', code: 'cancelled', attempts: 0 });
const unknown = { entry: finished('unknown'), results: [result('unknown')], told: [] };

test.each<[string, Partial<Ending>]>([
  ['it has its meeting', {}],
  [
    'a row of a batch found it',
    { results: [result('created'), result('existing', { row: 'b:1' })] },
  ],
  [
    'a cancelled batch refused it, and another sender asked',
    { results: [refused, result('created')] },
  ],
  ['it was cancelled', { results: [refused], made: [], told: [], entry: finished('failed') }],
  ['nobody knows', unknown],
  [
    'a person retried it',
    { isRetried: true, results: [result('unknown'), result('created', { attempts: 2 })] },
  ],
])('nothing contradicts when %s', (_, change) => {
  expect(contradiction({ ...created, ...change })).toBeUndefined();
});

test.each<[string, Partial<Ending>, RegExp]>([
  ['two results', { results: [result('created'), result('unknown')] }, /results differ/],
  [
    'two meetings',
    { results: [result('created'), result('created', { meetingId: 'n' })] },
    /differ/,
  ],
  ['no meeting', { made: [] }, /does not have the meeting/],
  ['a meeting', { results: [result('failed')], told: [] }, /failed, but there is a meeting/],
  ['a caller', { told: [{ requestId: 'r', status: 424, meetingId: undefined }] }, /was told 424/],
  ['its row', { entry: finished('unknown') }, /its row says unknown/],
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
