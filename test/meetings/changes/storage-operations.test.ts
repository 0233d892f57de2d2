import { carryOut } from '../../../src/meetings/carry-out';
import { aRequest, CoreHarness } from '../../support/harness/core-harness';
import {
  type GivenRequest,
  run,
  create,
  move,
  cancel,
  upsert,
  upsertMoved,
} from '../../support/harness/changes';

describe('storage operations', () => {
  /** Calls of the ledger and of the results queue. */
  async function count(core: CoreHarness, given: GivenRequest): Promise<number> {
    let operations = 0;
    const counting = <T extends object>(port: T): T =>
      new Proxy(port, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return (...parameters: unknown[]): unknown => {
            operations += 1;
            return value.apply(target, parameters) as unknown;
          };
        },
      });
    const deps = { ...core.deps, ledger: counting(core.ledger), results: counting(core.results) };
    core.clock.advance(1_000);
    await carryOut({ ...aRequest, ...given }, core.metadata(), deps);
    return operations;
  }

  test.each<[string, readonly GivenRequest[], GivenRequest, number]>([
    ['a create', [], create, 3],
    ['an upsert that creates', [], upsert, 4],
    ['an update', [create], { ...move, organizer: '' }, 4],
    ['an upsert that updates', [create], upsertMoved, 4],
    ['a cancel', [create], cancel, 4],
    ['an upsert of what is there', [create], upsert, 3],
    ['a cancel before its create', [], cancel, 3],
  ])('%s', async (_name, before, given, expected) => {
    const core = new CoreHarness();
    await run(core, ...before);
    expect(await count(core, given)).toBe(expected);
  });
});
