import type { SourceMap } from 'node:module';
import type { Profiler } from 'node:inspector';

/** CPU time in milliseconds, by whose code it was. */
export type Shares = Readonly<Record<string, number>>;

/** By a part of the path. What is in no package is ours. */
const groups = [
  ['baseline', /dist\/bench\//],
  ['Azure Functions library and local worker', /@azure\/functions|\/functions\.js$|dist\/local\//],
  ['Azure SDKs for queues, tables and blobs', /@azure\/(storage-|data-tables)/],
  [
    'HTTP pipeline of the Azure SDKs',
    /@azure\/core-|@azure-rest\/|@typespec\/|\/(fast-xml|agent-base|https-proxy)/,
  ],
  ['Microsoft Graph client', /@microsoft\/microsoft-graph-client/],
  ['identity library', /@azure\/(identity|msal)/],
  ['OpenTelemetry', /@opentelemetry\//],
  ['other libraries', /node_modules\//],
] as const;
const own = 'Convoke';

const ofEngine: ReadonlyMap<string, string> = new Map([
  ['(garbage collector)', 'garbage collection'],
  ['(program)', 'native code of Node.js: sockets and system calls'],
]);
const nodeItself = 'JavaScript of Node.js: sockets, HTTP, promises';

/**
 * Time of a profile by whose code it was spent in, without the time that nothing was done.
 * @param mapOf The source map of a file, if it has one.
 */
export function sharesOf(
  { nodes, samples = [], timeDeltas = [] }: Profiler.Profile,
  mapOf: (url: string) => SourceMap | undefined,
): Shares {
  const groupOfNode = new Map(nodes.map(({ id, callFrame }) => [id, groupOf(callFrame, mapOf)]));
  const shares: Record<string, number> = {};
  for (const [index, node] of samples.entries()) {
    const group = groupOfNode.get(node);
    // Microseconds. The time until the next sample is that of this one.
    const milliseconds = (timeDeltas[index + 1] ?? 0) / 1000;
    if (group !== undefined) shares[group] = (shares[group] ?? 0) + milliseconds;
  }
  return shares;
}

function groupOf(
  { functionName, url, lineNumber, columnNumber }: Profiler.ProfileNode['callFrame'],
  mapOf: (url: string) => SourceMap | undefined,
): string | undefined {
  if (functionName === '(idle)' || functionName === '(root)') return undefined;
  const engine = ofEngine.get(functionName);
  if (engine !== undefined) return engine;
  if (url === '' || url.startsWith('node:')) return nodeItself;
  const entry = mapOf(url)?.findEntry(lineNumber, columnNumber);
  const source = entry !== undefined && 'originalSource' in entry ? entry.originalSource : url;
  const path = source.slice(Math.max(0, source.lastIndexOf('node_modules/')));
  return groups.find(([, pattern]) => pattern.test(path))?.[0] ?? own;
}
