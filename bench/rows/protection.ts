import { StorageProxy, type StorageCall } from '../../trial/storage/storage-proxy';
import { BaselineProcess } from '../baseline-process';
import type { BenchOptions } from '../bench-options';
import { ofRounds, type Comparison, type Row } from '../report/figures';
import { interleave } from '../report/rounds';
import { enqueue } from '../load/load';
import { MeasuredHost } from '../measured-host';
import { BenchHarness } from '../bench-harness';

const functionName = 'processMeetingRequest';
const endpointQueue = 'meeting-requests';
const loopQueue = 'bench-unprotected';
const inFlight = 32;

/** One round: the cost of each meeting. */
interface Spending {
  /** CPU time in milliseconds. */
  readonly cpuMs: number;
  /** Storage operations besides taking and deleting the message, which both do alike. */
  readonly operations: number;
}

/** The cost of one meeting and not two for a request: the queue endpoint beside a loop without protection. */
export async function measureProtection({ appFolder, quick }: BenchOptions): Promise<Row> {
  const harness = await BenchHarness.start();
  await harness.queue(loopQueue).createIfNotExists();
  const proxy = await StorageProxy.start(harness.stack.storage);
  let operations = 0;
  proxy.interfere = (call, phase) => {
    if (phase === 'before' && !isOfTheMessage(call)) operations += 1;
    return 'pass';
  };
  const environment = {
    ...harness.environment,
    AzureWebJobsStorage: proxy.connectionString,
    BENCH_REQUESTS: loopQueue,
  };
  const app = await MeasuredHost.start({ appFolder, environment });
  const loop = new BaselineProcess(unprotectedLoop, environment);
  const meetings = quick ? 150 : 250;

  const counted = async (work: () => Promise<number>): Promise<Spending> => {
    operations = 0;
    const cpuMs = await work();
    const spending = { cpuMs: cpuMs / meetings, operations: operations / meetings };
    await harness.clear();
    return spending;
  };
  const throughEndpoint = async (count: number): Promise<void> => {
    const done = app.untilDone(functionName, count);
    await enqueue(harness.queue(endpointQueue), count);
    await done;
  };
  const endpoint = async (): Promise<Spending> => {
    // The host polls an empty queue rarely, so send a message first.
    await throughEndpoint(8);
    return counted(async () => (await app.spentOn(() => throughEndpoint(meetings))).cpuMs);
  };
  const bare = (): Promise<Spending> =>
    counted(async () => {
      await enqueue(harness.queue(loopQueue), meetings);
      return (await loop.run({ meetings, inFlight })).cpuMs;
    });

  try {
    await interleave(1, { endpoint, bare });
    const measured = await interleave(quick ? 2 : 3, { endpoint, bare });
    if (app.failed > 0) throw new Error(`${app.failed} invocations failed.`);
    return toRow(measured);
  } finally {
    await Promise.all([app.close(), loop.close()]);
    await proxy.close();
    await harness.close();
  }
}

const unprotectedLoop = 'unprotected-loop';

/** Polling, taking and deleting messages of the request queues, and what happens once, at the start. */
const isOfTheMessage = ({ service, method, path }: StorageCall): boolean =>
  service === 'queue' && !(method === 'POST' && path.endsWith('/messages'));

function toRow(measured: Readonly<Record<'endpoint' | 'bare', readonly Spending[]>>): Row {
  const of = (name: keyof typeof measured, what: keyof Spending): number[] =>
    measured[name].map((spending) => spending[what]);
  const bare = of('bare', 'cpuMs');
  const compared = (what: string, figure: keyof Spending, unit: string): Comparison => ({
    what,
    ...ofRounds(of('endpoint', figure)),
    unit,
    baseline: { what: 'loop without protection', ...ofRounds(of('bare', figure)) },
  });
  return {
    id: 'protection',
    title: 'What the protection costs, for each meeting',
    comparisons: [
      compared('CPU, queue endpoint', 'cpuMs', 'ms'),
      compared('storage operations, queue endpoint', 'operations', 'operations'),
      {
        what: 'CPU beyond the loop',
        ...ofRounds(of('endpoint', 'cpuMs').map((cpuMs, round) => cpuMs - (bare[round] ?? NaN))),
        unit: 'ms',
      },
    ],
    notes: [
      'The loop takes a message, calls Graph’s plain create, sends the result and deletes the message. It uses the same SDKs and keeps its token. It checks nothing, and creates a second meeting whenever a message comes twice.',
      'Convoke’s CPU is that of the process that runs the app. The host takes and deletes messages in another process; the loop does so itself. Storage operations leave out taking and deleting the message: the loop writes its result, and Convoke also writes the ledger’s row before and after the call.',
    ],
  };
}
