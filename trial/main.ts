import { parseArgs } from 'node:util';
import { brokenPromises, toTable } from './report';
import { runTrial, type Progress } from './trial';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    hosts: { type: 'string', default: '2' },
    'kill-every': { type: 'string', default: '4' },
    'restart-storage-every': { type: 'string', default: '30' },
    'storage-faults': { type: 'string', default: '0.003' },
    'limit-minutes': { type: 'string', default: '30' },
    json: { type: 'boolean', default: false },
  },
});

const { isTTY } = process.stderr;
const progressEveryMs = isTTY ? 1_000 : 10_000;
let latest = 0;

function showProgress({ seconds, sent, withResult, meetings, kills }: Progress): void {
  if (Date.now() - latest < progressEveryMs) return;
  latest = Date.now();
  const line = `${seconds} s: ${sent} of ${values.requests} sent, ${withResult} with a result, ${meetings} meetings, ${kills} kills`;
  process.stderr.write(isTTY ? `\r${line}\u001b[K` : `${line}\n`);
}

async function main(): Promise<void> {
  const report = await runTrial({
    requests: Number(values.requests),
    seed: Number(values.seed),
    hosts: Number(values.hosts),
    killEverySeconds: Number(values['kill-every']),
    restartStorageEverySeconds: Number(values['restart-storage-every']),
    graphTimeoutSeconds: 2,
    storageFaults: Number(values['storage-faults']),
    limitSeconds: Number(values['limit-minutes']) * 60,
    onProgress: showProgress,
  });
  if (isTTY) process.stderr.write('\n');
  const broken = brokenPromises(report);
  process.stdout.write(
    `${values.json ? JSON.stringify({ ...report, broken }) : toTable(report)}\n`,
  );
  for (const what of broken) process.stderr.write(`Broken: ${what}.\n`);
  for (const what of report.contradictions.slice(0, 20)) process.stderr.write(`  ${what}\n`);
  for (const what of report.strays.slice(0, 20)) process.stderr.write(`  no request: ${what}\n`);
  for (const what of report.withoutResult.slice(0, 20))
    process.stderr.write(`  no result: ${what}\n`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

void main();
