import { randomUUID } from 'node:crypto';
import type { AppFunction } from './app-functions';
import type { FunctionApp } from './worker/core-module';
import type { Emit } from './events';
import type {
  CoreInvocationContext,
  FunctionCallback,
  InvocationModel,
  InvocationResponse,
  TypedData,
} from './worker/rpc';
import { makeTraceParent } from './http/trace-context';

/** One call of a function. */
export interface FunctionCall {
  readonly fn: AppFunction;
  readonly input: TypedData;
  readonly triggerMetadata?: Readonly<Record<string, TypedData>>;
  readonly traceParent?: string | undefined;
  readonly traceState?: string | undefined;
  readonly invocationId?: string;
}

export interface InvokerDeps {
  readonly app: FunctionApp;
  readonly emit: Emit;
  readonly timeoutMs: number;
  /** Must end the process: an invocation cannot be stopped from outside. */
  readonly onTimeout: (message: string) => void;
  /** Writes what the function returned to its output bindings. */
  readonly writeOutputs: (fn: AppFunction, response: InvocationResponse) => Promise<void>;
}

/** Runs functions through the library's own invocation model, hooks around them, as the Node.js worker does. */
export class Invoker {
  readonly #deps: InvokerDeps;
  readonly #running = new Set<Promise<unknown>>();

  constructor(deps: InvokerDeps) {
    this.#deps = deps;
  }

  /** Resolves once nothing that has begun by now is running any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /** Resolves once the outputs are written; rejects with what the function, a hook or an output failed with. */
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
      const response = await this.#run(call, invocationId);
      await this.#deps.writeOutputs(call.fn, response);
      report('ok', toStatus(call, response.returnValue?.http?.statusCode ?? 204));
      return response;
    } catch (error) {
      this.#reportFailure(call.fn.name, invocationId, error);
      report('failed', toStatus(call, 500));
      throw error;
    } finally {
      clearTimeout(timeout);
    }
  }

  async #run(call: FunctionCall, invocationId: string): Promise<InvocationResponse> {
    const coreContext = this.#makeContext(call, invocationId);
    const model = this.#deps.app.model?.getInvocationModel(coreContext);
    if (model === undefined) throw new Error('The app has set no programming model.');
    const { context, inputs } = await model.getArguments();
    coreContext.invocationContext = context;
    const result = await this.#runWithHooks({
      coreContext,
      model,
      context,
      inputs,
      callback: call.fn.callback,
    });
    return model.getResponse(context, result);
  }

  /** Hooks may replace the inputs, the handler, the result and the error; `null` as error means success. */
  async #runWithHooks({ coreContext, model, context, inputs, callback }: Run): Promise<unknown> {
    const { hooks, appHookData } = this.#deps.app;
    const shared = { hookData: {}, appHookData, invocationContext: context };
    const before = { ...shared, inputs, functionCallback: callback };
    coreContext.state = 'preInvocationHooks';
    await hooks.run('preInvocation', before);

    const after: { result: unknown; error: unknown } & Record<string, unknown> = {
      ...shared,
      inputs: before.inputs,
      result: null,
      error: null,
    };
    coreContext.state = 'invocation';
    try {
      after.result = await model.invokeFunction(context, before.inputs, before.functionCallback);
    } catch (error) {
      after.error = error ?? new Error(`The function failed with ${String(error)}`);
    }
    coreContext.state = 'postInvocationHooks';
    await hooks.run('postInvocation', after);
    // oxlint-disable-next-line typescript/only-throw-error -- whatever the app threw, unchanged
    if (after.error !== null && after.error !== undefined) throw after.error;
    return after.result;
  }

  #makeContext({ fn, input, ...call }: FunctionCall, invocationId: string): CallContext {
    const context: CallContext = {
      invocationId,
      metadata: fn.metadata,
      request: {
        inputData: [{ name: fn.triggerName, data: input }],
        triggerMetadata: call.triggerMetadata ?? {},
        traceContext: {
          traceParent: makeTraceParent(call.traceParent),
          traceState: call.traceState ?? '',
        },
      },
      log: (level, category, message) => {
        const { invocationContext } = context;
        const functionName = fn.name;
        const line = { level, category, message, functionName, invocationId, invocationContext };
        this.#deps.app.log(line);
      },
    };
    return context;
  }

  #startTimeout(functionName: string, invocationId: string): NodeJS.Timeout | undefined {
    const { timeoutMs, onTimeout } = this.#deps;
    if (timeoutMs === Infinity) return undefined;
    const message = `Timeout value of ${timeoutMs / 1000} s exceeded by function: Functions.${functionName} (Id: '${invocationId}').`;
    // Longer delays overflow setTimeout and would fire at once.
    return setTimeout(onTimeout, Math.min(timeoutMs, 2 ** 31 - 1), message);
  }

  #reportFailure(functionName: string, invocationId: string, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const message = `Executed 'Functions.${functionName}' (Failed): ${detail}`;
    this.#deps.emit({ type: 'log', level: 'error', message, functionName, invocationId });
  }
}

interface CallContext extends CoreInvocationContext {
  /** What the handler gets; log hooks are told too. */
  invocationContext?: unknown;
}

interface Run {
  readonly coreContext: CallContext;
  readonly model: InvocationModel;
  readonly context: unknown;
  readonly inputs: unknown[];
  readonly callback: FunctionCallback;
}

/** With HTTP streaming the status is not ours to know: the library answers by itself. */
function toStatus({ input }: FunctionCall, status: string | number): number | undefined {
  return input.http?.url === undefined ? undefined : Number(status);
}
