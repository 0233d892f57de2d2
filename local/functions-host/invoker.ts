import { randomUUID } from 'node:crypto';
import type { AppFunction } from './app-functions';
import type { Emit } from './events';
import { describeError } from './last-words';
import type { WorkerCall } from './worker/messages';
import type { InvocationResponse, TraceContext, TypedData } from './worker/rpc';

/** One call of a function. */
export interface FunctionCall {
  readonly fn: AppFunction;
  readonly input: TypedData;
  readonly triggerMetadata?: Readonly<Record<string, TypedData>>;
  readonly traceContext?: TraceContext;
  readonly invocationId?: string;
  /** With HTTP streaming, the status that the library has sent; undefined if the caller was gone. */
  readonly status?: Promise<number | undefined>;
}

interface InvokerDeps {
  readonly run: (call: WorkerCall) => Promise<InvocationResponse>;
  readonly emit: Emit;
  readonly timeoutMs: number;
  /** Must end the worker: an invocation cannot be stopped from outside. */
  readonly onTimeout: (message: string) => void;
  /** Writes what the function returned to its output bindings. */
  readonly writeOutputs: (fn: AppFunction, response: InvocationResponse) => Promise<void>;
}

/** Calls that are not HTTP have no trace by default. */
const noTrace: TraceContext = { traceParent: '', traceState: '', attributes: {} };

/** Runs functions in the worker with a time limit, and reports how they ended. */
export class Invoker {
  readonly #deps: InvokerDeps;
  readonly #running = new Set<Promise<unknown>>();

  constructor(deps: InvokerDeps) {
    this.#deps = deps;
  }

  /** Resolves when all calls begun so far have ended. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /** Resolves when the outputs are written; rejects with the error of the function, a hook or an output. */
  async invoke(call: FunctionCall): Promise<InvocationResponse> {
    const run = this.#invoke(call);
    this.#running.add(run);
    try {
      return await run;
    } finally {
      this.#running.delete(run);
    }
  }

  async #invoke(call: FunctionCall): Promise<InvocationResponse> {
    const invocationId = call.invocationId ?? randomUUID();
    const started = performance.now();
    const timeout = this.#startTimeout(call.fn.name, invocationId);
    const report = (outcome: 'ok' | 'failed', status: number | undefined): void =>
      this.#deps.emit({
        type: 'invocation',
        functionName: call.fn.name,
        invocationId,
        trigger: call.fn.trigger,
        outcome,
        ...(status === undefined ? {} : { status }),
        durationMs: performance.now() - started,
      });
    try {
      const response = await this.#deps.run(toWorkerCall(call, invocationId));
      await this.#deps.writeOutputs(call.fn, response);
      report(
        'ok',
        call.status === undefined
          ? toStatus(call, response.returnValue?.http?.statusCode ?? 204)
          : await call.status,
      );
      return response;
    } catch (error) {
      this.#reportFailure(call.fn.name, invocationId, error);
      report('failed', toStatus(call, 500));
      throw error;
    } finally {
      clearTimeout(timeout);
    }
  }

  #startTimeout(functionName: string, invocationId: string): NodeJS.Timeout | undefined {
    const { timeoutMs, onTimeout } = this.#deps;
    if (timeoutMs === Infinity) return undefined;
    const message = `Timeout value of ${timeoutMs / 1000} s exceeded by function: Functions.${functionName} (Id: '${invocationId}').`;
    // Longer delays overflow setTimeout and would fire at once.
    return setTimeout(onTimeout, Math.min(timeoutMs, 2 ** 31 - 1), message);
  }

  #reportFailure(functionName: string, invocationId: string, error: unknown): void {
    const message = `Executed 'Functions.${functionName}' (Failed): ${describeError(error)}`;
    this.#deps.emit({ type: 'log', level: 'error', message, functionName, invocationId });
  }
}

const toWorkerCall = (
  { fn, input, triggerMetadata = {}, traceContext = noTrace }: FunctionCall,
  invocationId: string,
): WorkerCall => ({
  invocationId,
  functionName: fn.name,
  request: { inputData: [{ name: fn.triggerName, data: input }], triggerMetadata, traceContext },
});

function toStatus({ input }: FunctionCall, status: string | number): number | undefined {
  return input.http?.url === undefined ? undefined : Number(status);
}
