import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCommandLine, readPort, runCommand, UsageError } from './command-line';
import { Demonstration } from './demonstration';
import { PortTakenError } from './port-taken';
import { Rebuild } from './rebuild';
import { Stack } from './stack';
import { TerminalFace } from './terminal/terminal-face';

const usage = `Usage: npm start -- [options]
       npm run dev -- [options]    the same; rebuilds and restarts the app after each change of the code

  --port <n>            port of the Functions host (7071)
  --graph-port <n>      port of the Graph simulator (7079)
  --free-ports          use a free port for everything without a specified port
  --inspect[=<port>]    let a debugger attach to the app (9229)
  --disk <folder>       keep storage and the simulated tenant in this folder instead of in memory
  --verbose             list the functions, and show the app's log lines
  --otlp <url>          send traces to an OpenTelemetry collector, for example http://127.0.0.1:4318
                        (or the environment variable OTEL_EXPORTER_OTLP_ENDPOINT)
  --json                print only one JSON object, when everything is ready
  --help, -h            print this
`;

const azuritePorts = { blob: 10_000, queue: 10_001, table: 10_002 };

function readArguments() {
  const args = process.argv
    .slice(2)
    .map((argument) => (argument === '--inspect' ? '--inspect=9229' : argument));
  const { values } = readCommandLine(
    usage,
    {
      options: {
        port: { type: 'string' },
        'graph-port': { type: 'string' },
        'free-ports': { type: 'boolean', default: false },
        inspect: { type: 'string' },
        disk: { type: 'string' },
        verbose: { type: 'boolean', default: false },
        otlp: { type: 'string' },
        json: { type: 'boolean', default: false },
        watch: { type: 'boolean', default: false },
      },
    },
    args,
  );
  return values;
}

type Arguments = ReturnType<typeof readArguments>;

/** The requested ports; an absent one means any free port. */
function toPorts(options: Arguments) {
  const usual = (port: string): string | undefined => (options['free-ports'] ? undefined : port);
  const port = options.port ?? usual('7071');
  const graphPort = options['graph-port'] ?? usual('7079');
  return {
    ...(port !== undefined && { port: readPort('--port', port) }),
    ...(graphPort !== undefined && { graphPort: readPort('--graph-port', graphPort) }),
    ...(options.inspect !== undefined && { inspectPort: readPort('--inspect', options.inspect) }),
    ...(!options['free-ports'] && { storagePorts: azuritePorts }),
  };
}

type Ports = ReturnType<typeof toPorts>;

/** Settings changed by the command line. With a debugger, the app has no time limit. */
function toSettings({ otlp, inspect }: Arguments): Record<string, string> {
  const collector = otlp ?? process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  return {
    ...(collector !== undefined && { OTEL_EXPORTER_OTLP_ENDPOINT: collector }),
    ...(inspect !== undefined && { AzureFunctionsJobHost__functionTimeout: '-1' }),
  };
}

/** A description of the stack as JSON, for scripts. */
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

async function start(
  options: Arguments & { readonly ports: Ports },
  face: TerminalFace,
): Promise<Stack> {
  face.say('Starting storage, identity, Microsoft Graph (all simulated) and the Functions host…');
  try {
    return await Stack.start({
      signIn: true,
      ...options.ports,
      ...(options.disk !== undefined && { disk: options.disk }),
      settings: toSettings(options),
      onEvent: (event) => face.show(event),
    });
  } catch (thrown) {
    if (!(thrown instanceof PortTakenError)) throw thrown;
    throw new UsageError(
      `${thrown.message} Stop the process that listens there, or use free ports: npm start -- --free-ports`,
    );
  }
}

async function main(): Promise<number> {
  const options = readArguments();
  const ports = toPorts(options);
  const face = new TerminalFace({ quiet: options.json, verbose: options.verbose });
  const knownTenant = options.disk !== undefined && existsSync(join(options.disk, 'graph.json'));
  const stack = await start({ ...options, ports }, face);
  const rebuild = options.watch ? new Rebuild(stack, face) : undefined;
  const ended = endOf(stack, face, rebuild);
  if (options.json) process.stdout.write(`${JSON.stringify(describe(stack))}\n`);
  else {
    face.started(stack);
    // A known tenant already has its demonstration meetings.
    if (!knownTenant) await demonstrate(stack, face, options.watch);
  }
  rebuild?.start();
  return ended;
}

/** Runs the demonstration. With --watch, continues after a failure: the next change of the code may fix the app. */
async function demonstrate(stack: Stack, face: TerminalFace, goOn: boolean): Promise<void> {
  try {
    await new Demonstration(stack, face).run();
  } catch (error) {
    if (!goOn) throw error;
    face.problem((error as Error).message);
  }
}

/** Waits for Ctrl+C, SIGTERM or the end of the app, then stops everything in order. Resolves to the exit code. */
async function endOf(stack: Stack, face: TerminalFace, rebuild?: Rebuild): Promise<number> {
  const { promise: end, resolve: stop } = Promise.withResolvers<number>();
  process.once('SIGINT', () => stop(0));
  process.once('SIGTERM', () => stop(0));
  stack.onHostEnd(() => {
    face.problem('The Functions host has ended.');
    if (rebuild === undefined) stop(1);
  });
  const exitCode = await end;
  face.say('Stopping…');
  rebuild?.stop();
  await stack.close();
  return exitCode;
}

void runCommand(main).finally(() => process.exit());
