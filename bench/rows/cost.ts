import type { BenchOptions, Operations } from '../bench-options';
import type { Comparison, Row } from '../report/figures';

/**
 * US dollars, pay as you go, November 2026. None was read from Microsoft's own pages: docs/operations.md has the source and
 * date of each. Blobs: writes, their most expensive operations.
 */
const prices = {
  gigabyteSecond: 0.000026,
  execution: 0.4 / 1e6,
  tableOperation: 0.00036 / 1e4,
  queueOperation: 0.004 / 1e4,
  blobOperation: 0.05 / 1e4,
} as const;

const memoryGigabytes = 2;
/** Default number of concurrent HTTP calls on an instance of 2 GB with Flex Consumption. */
const httpPerInstance = 16;
const meetings = 1000;

/** A host's operations for one message: putting it, its share of taking 32 at once, deleting it. */
const hostOperations: Operations = { table: 0, queue: 2 + 1 / 32, blob: 0 };

/** Instance-seconds and storage transactions of a thousand meetings, and their cost, computed from measurements. */
export function computeCost({ found }: BenchOptions): Promise<Row> {
  const { queueRate, httpMs, operations } = found;
  if (queueRate === undefined || httpMs === undefined || operations === undefined) {
    throw new Error('Cost is computed from the rows in-flight, latency and storage: run them too.');
  }
  const queueSeconds = meetings / queueRate;
  const httpSeconds = (meetings * httpMs) / 1000 / httpPerInstance;
  const endpoints = [
    { name: 'HTTP, 16 at once', seconds: httpSeconds, operations: operations.http },
    { name: 'queue', seconds: queueSeconds, operations: plus(operations.queue, hostOperations) },
    { name: 'batch', seconds: queueSeconds, operations: plus(operations.batch, hostOperations) },
  ];
  return Promise.resolve({
    id: 'cost',
    title: 'Cost of 1,000 meetings, Graph at 500 ms',
    comparisons: endpoints.flatMap(({ name, seconds, operations: each }): Comparison[] => [
      { what: `${name}: instance-seconds`, value: seconds, unit: 's' },
      {
        what: `${name}: storage transactions`,
        value: meetings * (each.table + each.queue + each.blob),
        unit: '',
      },
      { what: `${name}: list price`, value: 100 * priceOf(seconds, each), unit: 'US cents' },
    ]),
    notes: [
      'Computed for Flex Consumption, with instances of 2 GB that are always busy, without free grants, telemetry and network. The prices are from third parties, of November 2026 (docs/operations.md).',
    ],
  });
}

const plus = (one: Operations, other: Operations): Operations => ({
  table: one.table + other.table,
  queue: one.queue + other.queue,
  blob: one.blob + other.blob,
});

const priceOf = (seconds: number, { table, queue, blob }: Operations): number =>
  seconds * memoryGigabytes * prices.gigabyteSecond +
  meetings *
    (prices.execution +
      table * prices.tableOperation +
      queue * prices.queueOperation +
      blob * prices.blobOperation);
