import { countedKey } from '../../src/adapters/storage/requests/organizer-counts';
import { judgePools, type PoolEvidence } from '../../trial/verdict/pool-verdict';

const [anna, ben] = ['anna', 'ben'];
const request = {
  requestId: 'r',
  organizerPool: 'teachers',
  meeting: { subject: 'Meeting r', startDateTime: '', endDateTime: '' },
  createOnly: false,
};
const month = '2026-12';
const row = { organizerId: anna, chosen: { pool: 'teachers', month } };
const counted = (organizerId: string, requestIds: readonly string[], meetings?: number) => ({
  organizerId,
  month,
  meetings: meetings ?? requestIds.length,
  keys: requestIds.map(countedKey),
});
const making = (organizerId: string) => ({
  method: 'POST',
  path: `/v1.0/users/${organizerId}/onlineMeetings/createOrGet`,
  committed: true,
  body: { subject: 'Meeting r, revision 2' },
});

const judge = ({
  rows = [['r', row]],
  months = [counted(anna, ['r'])],
  calls = [making(anna)],
}: {
  readonly rows?: readonly (readonly [string, object])[];
  readonly months?: PoolEvidence['state']['months'];
  readonly calls?: readonly object[];
}): readonly string[] =>
  judgePools({
    requests: [request],
    graph: { log: { list: () => calls } },
    state: { requests: new Map(rows), months },
    earlier: ['before'],
  } as unknown as PoolEvidence);

test.each<[string, Parameters<typeof judge>[0]]>([
  ['it was made for who was chosen, and counts', {}],
  ['it counts, and its call never came', { calls: [] }],
  ['it was cancelled before it was counted', { calls: [], months: [] }],
  ['others were counted before', { months: [counted(anna, ['r', 'before'])] }],
])('nothing is wrong when %s', (_, evidence) => {
  expect(judge(evidence)).toEqual([]);
});

test.each<[string, Parameters<typeof judge>[0]]>([
  ['r: it was made for ben, and chosen was anna', { calls: [making(anna), making(ben)] }],
  ['r: it was made for anna, and chosen was nobody', { rows: [], months: [] }],
  ['r: it has a meeting, and does not count', { months: [] }],
  ['r: it counts with ben 2026-12, and not with anna 2026-12', { months: [counted(ben, ['r'])] }],
  [
    'r: it counts with anna 2026-12, ben 2026-12, and not with anna 2026-12',
    { months: [counted(anna, ['r']), counted(ben, ['r'])] },
  ],
  ['anna 2026-12: 2 meetings are counted, of 1 requests', { months: [counted(anna, ['r'], 2)] }],
  [countedKey('other'), { months: [counted(anna, ['r', 'other'])] }],
])('%s', (problem, evidence) => {
  expect(judge(evidence)).toEqual([problem]);
});
