import { makePoolMembers } from '../../../src/adapters/graph/pool-members';
import type { PoolMembers } from '../../../src/meetings/pools/organizer-pools';
import { organizersGroup } from '../../../local/graph-simulator/tenant/default-tenant';
import { FakeClock } from '../../support/fakes/fake-clock';
import { anna, ben, GraphHarness, soon } from '../../support/harness/graph-harness';

const chloe = 'dc17674c-81d9-4adb-bfb2-8f6a442e4603';
let harness: GraphHarness;
let clock: FakeClock;
let members: PoolMembers;
beforeAll(async () => {
  harness = await GraphHarness.start();
});
afterAll(() => harness.close());
beforeEach(() => {
  harness.simulator.reset();
  clock = new FakeClock();
  members = makePoolMembers(harness.graph, {
    groups: { Lessons: organizersGroup, gone: 'dc17674c-81d9-4adb-bfb2-8f6a442e46aa' },
    cacheMs: 60_000,
    clock,
  });
});

const setMembers = (ids: readonly string[]): void => {
  const { state } = harness.simulator.tenant;
  const groups = state.groups.map((group) =>
    group.id === organizersGroup ? { ...group, members: [...ids] } : group,
  );
  harness.simulator.tenant.update({ groups });
};

test('gives the users in the group, whatever the case of the name', async () => {
  expect(await members.list('lessons', soon())).toEqual([anna, ben, chloe]);
  expect(await members.list('talks', soon())).toBeUndefined();
  expect(members.names).toEqual(['Lessons', 'gone']);
});

test('reads every page', async () => {
  harness.simulator.setFaults({
    rules: [
      {
        match: { path: '/members$' },
        count: 1,
        fault: {
          kind: 'status',
          status: 200,
          body: {
            '@odata.nextLink': `https://graph.microsoft.com/v1.0/groups/${organizersGroup}/members?$select=id&$top=2&$skiptoken=1`,
            value: [
              { '@odata.type': '#microsoft.graph.group', id: 'a-group' },
              { '@odata.type': '#microsoft.graph.user', id: anna.toUpperCase() },
            ],
          },
        } as never,
      },
    ],
  });
  expect(await members.list('lessons', soon())).toEqual([anna, ben, chloe]);
});

test('a list is cached for its time to live, and then read again', async () => {
  await members.list('lessons', soon());
  setMembers([ben]);
  expect(await members.list('lessons', soon())).toEqual([anna, ben, chloe]);
  clock.advance(60_000);
  expect(await members.list('lessons', soon())).toEqual([ben]);
});

test('a group that is gone is no pool', async () => {
  await expect(members.list('gone', soon())).rejects.toMatchObject({
    code: 'organizerPoolNotFound',
  });
});

test('without the permission says which is missing, and asks again the next time', async () => {
  const refusal = {
    match: { path: '/members$' },
    count: 1,
    fault: {
      kind: 'status',
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied' } },
    },
  };
  harness.simulator.setFaults({ rules: [refusal as never] });
  await expect(members.list('lessons', soon())).rejects.toMatchObject({
    code: 'directoryPermissionMissing',
    target: 'organizerPool',
    remedy: expect.stringContaining('GroupMember.Read.All') as string,
  });
  expect(await members.list('lessons', soon())).toEqual([anna, ben, chloe]);
});
