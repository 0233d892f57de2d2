import { AppVariant, shortLeases } from '../../trial/app-variant';
import { brokenPromises } from '../../trial/report';
import { runTrial } from '../../trial/trial';
import { shortTrial } from '../../trial/short-trial';

test('a short trial by fire keeps every promise', async () => {
  const variant = new AppVariant([shortLeases]);
  try {
    const report = await runTrial({ ...shortTrial, appFolder: variant.folder });

    expect(brokenPromises(report)).toEqual([]);
    expect(report.contradictions).toEqual([]);
    expect(report.kills).toBeGreaterThan(0);
    expect(report.storageRestarts).toBeGreaterThan(0);
    expect(report.meetings).toBeGreaterThan(report.requests * 0.8);
  } finally {
    variant.remove();
  }
}, 300_000);
