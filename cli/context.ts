import { makeOutput, type Output } from './output';
import { Api } from './api';
import { readTarget, type Environment, type Target } from './target';

/** What every command works with. */
export interface Context {
  readonly env: Environment;
  readonly target: Target;
  readonly api: Api;
  readonly output: Output;
}

/** A command: it answers with the exit code, 0 if everything went well and 1 if something did not. */
export type Command<Options> = (options: Options, context: Context) => Promise<number>;

export function makeContext(env: Environment, isJson: boolean): Context {
  const target = readTarget(env);
  const output = makeOutput(isJson);
  return { env, target, output, api: new Api(target, output.notice) };
}
