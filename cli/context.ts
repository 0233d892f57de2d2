import { makeOutput, type Output, type Terminal } from './output';
import { Api } from './api';
import { readTarget, type Environment, type Target } from './target';

/** What a command line is run in. */
export interface Surroundings {
  readonly env: Environment;
  readonly terminal: Terminal;
}

/** What every command works with. */
export interface Context extends Surroundings {
  readonly target: Target;
  readonly api: Api;
  readonly output: Output;
}

/** A command: it answers with the exit code, 0 if everything went well and 1 if something did not. */
export type Command<Options> = (options: Options, context: Context) => Promise<number>;

export function makeContext({ env, terminal }: Surroundings, isJson: boolean): Context {
  const target = readTarget(env);
  const output = makeOutput(isJson, terminal);
  return { env, terminal, target, output, api: new Api(target, output.notice) };
}
