import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A mistake in the command line. Only its message is printed, which says what to do. */
export class UsageError extends Error {}

/**
 * The options of a command. `--help` or `-h` prints the usage and ends the process.
 * @throws UsageError, with the usage, for an option that does not exist or lacks its value.
 */
export function readCommandLine<const Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
  args: readonly string[] = process.argv.slice(2),
): ReturnType<typeof parseArgs<Config>> {
  const ownOptions = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (ownOptions.includes('--help') || ownOptions.includes('-h')) {
    process.stdout.write(usage);
    process.exit(0);
  }
  try {
    const given: Config = { ...config, args: [...args] };
    return parseArgs(given);
  } catch (thrown) {
    const [reason] = (thrown as Error).message.split('. ');
    throw new UsageError(`${reason}.\n\n${usage.trimEnd()}`);
  }
}

/** Like `readCommandLine`, but a mistake ends the process: for commands that read their options while they are loaded. */
export function commandLine<const Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return readCommandLine(usage, config);
  } catch (thrown) {
    process.stderr.write(`${(thrown as Error).message}\n`);
    process.exit(2);
  }
}

/** A whole number within the limits. @throws UsageError that names the option. */
function readNumber(
  option: string,
  text: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { readonly min?: number; readonly max?: number } = {},
): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`${option} must be a whole number from ${min} to ${max}, got "${text}".`);
}

/** Reads a port; 0 takes a free one. @throws UsageError that names the option. */
export const readPort = (option: string, text: string): number =>
  readNumber(option, text, { max: 65_535 });

/** Runs a command as this process, and sets its exit code. */
export async function runCommand(main: () => Promise<number>, failureCode = 1): Promise<void> {
  process.exitCode = await exitCodeOf(main, { failureCode, stderr: process.stderr });
}

/** Runs a command and resolves to its exit code. Prints the message of an error; 2 means a usage error. */
export async function exitCodeOf(
  main: () => Promise<number>,
  { failureCode = 1, stderr }: { readonly failureCode?: number; readonly stderr: TextWriter },
): Promise<number> {
  try {
    return await main();
  } catch (thrown) {
    stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    return thrown instanceof UsageError ? 2 : failureCode;
  }
}

/** The part of a stream that a command needs. */
export interface TextWriter {
  readonly write: (text: string) => unknown;
}
