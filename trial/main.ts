import { commandLine } from '../local/command-line';
import { brokenPromises, toTable } from './report';
import type { Progress } from './options';
import { overtakingFor, quickTimers, roomFor, silenceFor } from './variants/short-times';
import { runTrial } from './trial';

const usage = `Usage: npm run trial -- [options]

  --requests <n>                       how many requests are sent (10000)
  --seed <n>                           decides which requests, faults and kills (1)
  --hosts <n>                          instances of the app (2)
  --kill-every <seconds>               how often one of them is killed (4)
  --restart-storage-every <seconds>    how often storage is started again; 0 is never (30)
  --storage-faults <share>             share of the calls to storage that fail (0.003)
  --limit-minutes <n>                  when the trial gives up (30)
  --json                               print the report as JSON
  --help, -h                           print this
`;

const { values } = commandLine(usage, {
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

function showProgress({ seconds, sent, total, withResult, meetings, kills }: Progress): void {
  if (Date.now() - latest < progressEveryMs) return;
  latest = Date.now();
  const line = `${seconds} s: ${sent} of ${total} sent, ${withResult} with a result, ${meetings} meetings, ${kills} kills`;
  process.stderr.write(isTTY ? `\r${line}\u001b[K` : `${line}\n`);
}

async function main(): Promise<void> {
  const report = await runTrial({
    requests: Number(values.requests),
    seed: Number(values.seed),
    hosts: Number(values.hosts),
    kills: { everySeconds: Number(values['kill-every']), minItems: 150, atMost: Infinity },
    storageRestarts: {
      everySeconds: Number(values['restart-storage-every']),
      minItems: 800,
      atMost: Infinity,
    },
    poolChanges: { everySeconds: 3, minItems: 100, atMost: Infinity },
    graphTimeoutSeconds: 2,
    leaseSeconds: 10,
    maxPauseMs: 3_000,
    maxStillSeconds: 720,
    storageFaults: Number(values['storage-faults']),
    limitSeconds: Number(values['limit-minutes']) * 60,
    changes: [...quickTimers, overtakingFor(60), silenceFor(20), roomFor(60)],
    onProgress: showProgress,
    onFailure: (message) => process.stderr.write(`The trial itself failed: ${message}\n`),
  });
  if (isTTY) process.stderr.write('\n');
  const broken = brokenPromises(report);
  process.stdout.write(
    `${values.json ? JSON.stringify({ ...report, broken }) : toTable(report)}\n`,
  );
  for (const what of broken) process.stderr.write(`Broken: ${what}.\n`);
  for (const what of [
    ...report.duplicates,
    ...report.contradictions,
    ...report.batchProblems,
    ...report.poolProblems,
  ].slice(0, 40))
    process.stderr.write(`  ${what}\n`);
  for (const what of report.strays.slice(0, 20)) process.stderr.write(`  no request: ${what}\n`);
  for (const what of report.withoutResult.slice(0, 20))
    process.stderr.write(`  no result: ${what}\n`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

void main();
