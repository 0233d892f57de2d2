import { parseArgs } from 'node:util';
import { Demonstration } from './demonstration';
import { Stack } from './stack';
import { TerminalFace } from './terminal-face';

const usage = `Usage: npm start -- [options]

  --port <n>       port of the Functions host (7071)
  --free-ports     take free ports for everything
  --disk <folder>  keep storage in this folder instead of in memory
  --verbose        show the app's log lines
  --otlp <url>     send traces to an OpenTelemetry collector, for example http://127.0.0.1:4318
                   (or the environment variable OTEL_EXPORTER_OTLP_ENDPOINT)
  --json           print one JSON object when all is ready, and nothing else
`;

const azuritePorts = { blob: 10_000, queue: 10_001, table: 10_002 };

function readArguments() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      'free-ports': { type: 'boolean', default: false },
      disk: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      otlp: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port ?? 7071);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('--port must be a number from 0 to 65535.');
  const otlp = values.otlp ?? process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  return { ...values, port, otlp };
}

/** One object for scripts that drive the stack. */
const describe = (stack: Stack): object => ({
  functions: stack.url,
  page: `${stack.url}/api/app`,
  graph: stack.graph.url,
  identity: stack.identity.url,
  storage: stack.storage.connectionString,
  organizers: stack.graph.tenant.organizers.map(({ id, userPrincipalName }) => ({
    id,
    userPrincipalName,
  })),
  pid: process.pid,
});

async function main(): Promise<void> {
  const options = readArguments();
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  const face = new TerminalFace({ quiet: options.json, verbose: options.verbose });
  face.say('Starting storage, identity, Microsoft Graph (all simulated) and the Functions host…');
  const stack = await Stack.start({
    signIn: true,
    ...(options['free-ports'] ? {} : { port: options.port, storagePorts: azuritePorts }),
    ...(options.disk !== undefined && { disk: options.disk }),
    ...(options.otlp !== undefined && { settings: { OTEL_EXPORTER_OTLP_ENDPOINT: options.otlp } }),
    onEvent: (event) => face.show(event),
  });
  stopOnSignal(stack, face);
  if (options.json) {
    process.stdout.write(`${JSON.stringify(describe(stack))}\n`);
    return;
  }
  face.started(stack);
  await new Demonstration(stack, face).run();
}

/** Ctrl+C and SIGTERM stop everything in order; so does the end of the app itself. */
function stopOnSignal(stack: Stack, face: TerminalFace): void {
  let stopping = false;
  const stop = (exitCode: number): void => {
    if (stopping) return;
    stopping = true;
    face.say('Stopping…');
    void stack.close().finally(() => process.exit(exitCode));
  };
  process.once('SIGINT', () => stop(0));
  process.once('SIGTERM', () => stop(0));
  stack.host.onExit(() => {
    if (!stopping) face.problem('The Functions host has ended.');
    stop(1);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
