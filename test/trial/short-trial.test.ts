import { brokenPromises } from '../../trial/report';
import { runTrial } from '../../trial/trial';
import { shortTrial } from '../../trial/short-trial';

test('a short trial by fire keeps every promise', async () => {
  const report = await runTrial(shortTrial);

  expect([...report.contradictions, ...report.batchProblems]).toEqual([]);
  expect(brokenPromises(report)).toEqual([]);
  expect(report.kills).toBeGreaterThan(0);
  expect(report.storageRestarts).toBeGreaterThan(0);
  expect(report.cancelledBatches).toBeGreaterThan(0);
  expect(report.retriedRequests).toBeGreaterThan(0);
  expect(report.meetings).toBeGreaterThan(report.requests * 0.7);
}, 1_800_000);
