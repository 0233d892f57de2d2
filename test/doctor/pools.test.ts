import { checkPools } from '../../src/doctor/pools';
import type { GraphAnswer, Probes } from '../../src/doctor/probes';

const group = 'dc17674c-81d9-4adb-bfb2-8f6a442e46fe';
const user = (id: string) => ({ '@odata.type': '#microsoft.graph.user', id });

const reply = (status: number, value: readonly object[] = []): GraphAnswer => ({
  kind: 'reply',
  status,
  code: '',
  message: '',
  body: { value },
  durationMs: 1,
});

const probesWith = (
  answer: GraphAnswer,
  meetings: readonly number[] | undefined,
): Pick<Probes, 'graph' | 'meetings'> => ({
  graph: () => Promise.resolve(answer),
  meetings: () => Promise.resolve(meetings),
});

const members = reply(200, [
  user('one'),
  user('two'),
  { '@odata.type': '#microsoft.graph.group', id: 'nested' },
]);

test.each<[string, GraphAnswer, readonly number[] | undefined, string, RegExp]>([
  ['a pool with room', members, [7, 5], 'passed', /^2 people are in this pool\. 1 of them has/],
  ['a pool of one', reply(200, [user('one')]), [0], 'passed', /^1 person is in this pool\. 0 of/],
  ['a pool at its end', members, [7, 8], 'failed', /requests are held back/],
  ['a pool without people', reply(200), [], 'failed', /^The group of this pool is empty/],
  ['counts that cannot be read', members, undefined, 'unknown', /could not be read/],
  ['no permission', reply(403), [], 'failed', /not allowed to read/],
  ['no such group', reply(404), [], 'failed', /No group/],
  ['an answer of another kind', reply(500), [], 'unknown', /returned 500/],
  ['no answer', { kind: 'none', reason: 'away' }, [], 'unknown', /did not respond/],
])('%s', async (_, answer, meetings, status, meaning) => {
  const pools = { groups: { lessons: group }, maxMeetingsPerMonth: 7 };
  expect(await checkPools(pools, probesWith(answer, meetings))).toEqual([
    expect.objectContaining({
      check: 'organizerPool.lessons',
      status,
      meaning: expect.stringMatching(meaning) as string,
    }),
  ]);
});
