import { brokenPromises } from '../../trial/report';
import { runTrial } from '../../trial/trial';
import { shortTrial } from '../../trial/short-trial';

test('a short trial keeps every promise', async () => {
  const report = await runTrial(shortTrial);

  expect([...report.contradictions, ...report.batchProblems, ...report.poolProblems]).toEqual([]);
  expect(brokenPromises(report)).toEqual([]);
  expect(report.kills).toBeGreaterThan(0);
  expect(report.storageRestarts).toBeGreaterThan(0);
  expect(report.cancelledBatches).toBeGreaterThan(0);
  expect(report.undoneBatches).toBeGreaterThan(0);
  expect(report.changes).toBeGreaterThan(30);
  expect(report.changeStatuses).toMatchObject({
    updated: expect.any(Number),
    cancelled: expect.any(Number),
  });
  expect(report.invitations).toBeGreaterThan(0);
  expect(Object.keys(report.chosenOrganizers).length).toBeGreaterThan(1);
  expect(report.poolChanges).toBeGreaterThan(0);
  expect(report.retriedRequests).toBeGreaterThan(0);
  expect(report.meetings).toBeGreaterThan(report.requests * 0.7);
}, 1_800_000);
