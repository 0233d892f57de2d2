import { createMeeting } from '../../../src/meetings/create/create-meeting';
import { aRequest, CoreHarness } from '../../support/harness/core-harness';

const from = (core: CoreHarness, batchId: string, index: number) => ({
  ...core.metadata(),
  batchId,
  index,
});

describe('a request that comes in a batch', () => {
  test('has its result under the name of the batch', async () => {
    const core = new CoreHarness();
    const { result } = await createMeeting(aRequest, from(core, 'first', 3), core.deps);
    expect(result).toMatchObject({ batchId: 'first', index: 3, status: 'created' });
  });

  test.each<[string, object, object]>([
    [
      'once more in the same row',
      { batchId: 'first', index: 3 },
      { batchId: 'first', index: 3, status: 'created' },
    ],
    [
      'in another row',
      { batchId: 'first', index: 4 },
      { batchId: 'first', index: 4, status: 'existing' },
    ],
    [
      'in another batch',
      { batchId: 'second', index: 0 },
      { batchId: 'second', index: 0, status: 'existing' },
    ],
    ['alone', {}, { batchId: 'first', index: 3, status: 'created' }],
  ])('and then %s has the result where it is looked for', async (_name, origin, expected) => {
    const core = new CoreHarness();
    const first = await createMeeting(aRequest, from(core, 'first', 3), core.deps);
    const { result } = await createMeeting(aRequest, { ...core.metadata(), ...origin }, core.deps);
    expect(result).toEqual({ ...first.result, ...expected });
    expect(core.results.published.at(-1)).toEqual(result);
    expect(core.graph.meetings).toHaveLength(1);
  });

  test('stays failed where it failed before', async () => {
    const core = new CoreHarness();
    core.graph.people.clear();
    await createMeeting(aRequest, from(core, 'first', 3), core.deps);
    const { result } = await createMeeting(aRequest, from(core, 'second', 0), core.deps);
    expect(result).toMatchObject({ batchId: 'second', index: 0, status: 'failed' });
  });
});
