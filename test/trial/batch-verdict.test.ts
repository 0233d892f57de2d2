import { noRows, type Batch } from '../../src/batches/batch';
import { judgeBatches, type BatchEvidence } from '../../trial/batch-verdict';
import type { CollectedResult } from '../../trial/result-collector';

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

const row = (index: number, status: CollectedResult['status']): CollectedResult => ({
  requestId: `r-${index}`,
  row: `b:${index}`,
  status,
  meetingId: undefined,
  code: undefined,
  attempts: 1,
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
  retried: new Map(),
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
