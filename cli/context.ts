import { makeOutput, type Output, type Terminal } from './output';
import { Api } from './api';
import { readTarget, type Environment, type Target } from './target';

/** The environment of a command line. */
export interface Surroundings {
  readonly env: Environment;
  readonly terminal: Terminal;
}

/** The dependencies of every command. */
export interface Context extends Surroundings {
  readonly target: Target;
  readonly api: Api;
  readonly output: Output;
}

/** A command. Resolves to its exit code, one of `exitCodes`. */
export type Command<Options> = (options: Options, context: Context) => Promise<number>;

/** Builds the dependencies of a command. @throws UsageError as `readTarget`. */
export function makeContext({ env, terminal }: Surroundings, isJson: boolean): Context {
  const target = readTarget(env);
  const output = makeOutput(isJson, terminal);
  return { env, terminal, target, output, api: new Api(target, output.notice) };
}
