import { noRows, type Batch } from '../../src/batches/batch';
import type { LedgerEntry } from '../../src/meetings/ledger';
import { judgeBatches } from '../../trial/verdict/batch-verdict';
import type { BatchEvidence } from '../../trial/verdict/batch-evidence';
import type { CollectedResult } from '../../trial/results/result-collector';

const batch = (change: Partial<Batch> = {}): Batch => ({
  batchId: 'b',
  state: 'finished',
  contentHash: '',
  tokenHashes: [],
  total: 2,
  rejected: 0,
  rows: { blob: 'b', chunkBytes: [1] },
  lease: { sequence: 1, messageId: '', fencingToken: '' },
  sentChunks: 1,
  openChunks: [],
  counts: { ...noRows, created: 1, failed: 1 },
  firstErrors: [],
  acceptedDateTime: '',
  seenDateTime: '',
  movedDateTime: '',
  ...change,
});

const row = (index: number, status: CollectedResult['status'], pass?: number): CollectedResult => ({
  requestId: `r-${index}`,
  row: `b:${index}`,
  revision: undefined,
  pass,
  status,
  meetingId: undefined,
  code: undefined,
  attempts: 1,
  notApplied: 0,
  completedDateTime: '',
});

const completed = (change: object = {}): BatchEvidence['completions'][number] => ({
  type: 'batchCompleted',
  batchId: 'b',
  counts: { total: 2, rejected: 0, ...noRows, created: 1, failed: 1, ...change },
  cancelled: false,
  acceptedDateTime: '',
  startedDateTime: '',
  completedDateTime: '',
});

const sound: BatchEvidence = {
  sent: [{ batchId: 'b', requestIds: ['r-0', 'r-1'] }],
  stored: new Map([['b', batch()]]),
  active: [],
  results: [row(0, 'created'), row(1, 'failed')],
  completions: [completed(), completed()],
  tooEarly: new Set(),
  cancelled: new Map(),
  undone: new Map(),
  retried: new Map(),
  state: { requests: new Map() },
};

test.each<[string, Partial<BatchEvidence>, readonly string[]]>([
  ['nothing', {}, []],
  [
    'a row that a person retried',
    { results: [row(0, 'created'), row(1, 'created')], retried: new Map([['r-1', 0]]) },
    [],
  ],
  ['a stranger', { sent: [] }, ['b: nobody sent it']],
  ['a list', { active: ['b'] }, ['b: it is listed as active']],
  [
    'an early end',
    { tooEarly: new Set(['b']) },
    ['b: it was called complete before its last result'],
  ],
  ['a missing row', { results: [row(0, 'created')] }, ['b: rows 1 have no result']],
  ['its state', { stored: new Map([['b', batch({ state: 'running' })]]) }, ['b: it is running']],
  ['its absence', { stored: new Map() }, ['b: it is gone']],
  ['silence', { completions: [] }, ['b: 0 things were said of its end']],
  [
    'two ends',
    { completions: [completed(), completed({ created: 2 })] },
    ['b: 2 things were said of its end'],
  ],
  ['a cancellation', { cancelled: new Map([['b', true]]) }, ['b: it was cancelled, and is not']],
])('what is wrong with a batch: %s', (_, change, problems) => {
  expect(judgeBatches({ ...sound, ...change })).toEqual(problems);
});

test('counts that are not those of the rows are wrong', () => {
  const completions = [completed({ created: 2, failed: 0 })];
  expect(judgeBatches({ ...sound, completions })).toEqual([
    expect.stringMatching(/^b: it counts .*"created":2.*, and not .*"created":1/),
  ]);
});

const undone = {
  ...sound,
  undone: new Map([['b', true]]),
  results: [...sound.results, row(0, 'cancelled', 1)],
  state: { requests: new Map([['r-0', { isCancelled: true } as LedgerEntry]]) },
  completions: [
    completed(),
    { ...completed({ created: 0, cancelled: 1 }), pass: { number: 1, kind: 'undo' } as const },
  ],
};

test.each<[string, Partial<BatchEvidence>, readonly string[]]>([
  ['its own meetings are gone', {}, []],
  [
    'a meeting could not be cancelled',
    { state: sound.state, results: [...sound.results, row(0, 'failed', 1)] },
    [],
  ],
  [
    'a meeting of its own is left',
    { state: sound.state, results: sound.results },
    ['b: it was undone, and row 0 has its meeting'],
  ],
  [
    'a meeting is gone that it did not make',
    { results: [...undone.results, row(1, 'cancelled', 1)] },
    ['b: it was undone, and with it row 1, which it did not make'],
  ],
  [
    'nobody says that it is complete',
    { completions: [completed()] },
    ['b: 0 things were said of its undoing'],
  ],
  [
    'nobody has asked for it',
    { undone: new Map() },
    ['b: nobody undid it, and row b:0 came again'],
  ],
])('what is wrong with a batch that was undone when %s', (_, change, problems) => {
  expect(judgeBatches({ ...undone, ...change })).toEqual(problems);
});
