import type { FunctionApp } from './core-module';
import type { WorkerCall } from './messages';
import type {
  CoreInvocationContext,
  FunctionCallback,
  InvocationModel,
  InvocationResponse,
} from './rpc';

/** Runs a function and its hooks through the library's own invocation model, like the Node.js worker. */
export async function runInvocation(
  app: FunctionApp,
  call: WorkerCall,
): Promise<InvocationResponse> {
  const fn = app.functions.get(call.functionName);
  const coreContext = makeContext(app, call);
  const model = app.model?.getInvocationModel(coreContext);
  if (fn === undefined || model === undefined)
    throw new Error(`The app has no function ${call.functionName}.`);
  const { context, inputs } = await model.getArguments();
  coreContext.invocationContext = context;
  const run = { coreContext, model, context, inputs, callback: fn.callback };
  return model.getResponse(context, await runWithHooks(app, run));
}

/** Hooks may replace the inputs, the handler, the result and the error; `null` as error means success. */
async function runWithHooks(app: FunctionApp, run: Run): Promise<unknown> {
  const { coreContext, model, context, inputs, callback } = run;
  const shared = { hookData: {}, appHookData: app.appHookData, invocationContext: context };
  const before = { ...shared, inputs, functionCallback: callback };
  coreContext.state = 'preInvocationHooks';
  await app.hooks.run('preInvocation', before);

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
  await app.hooks.run('postInvocation', after);
  // oxlint-disable-next-line typescript/only-throw-error -- whatever the app threw, unchanged
  if (after.error !== null && after.error !== undefined) throw after.error;
  return after.result;
}

function makeContext(
  app: FunctionApp,
  { functionName, invocationId, request }: WorkerCall,
): CallContext {
  const context: CallContext = {
    invocationId,
    metadata: app.functions.get(functionName)?.metadata ?? { name: functionName, bindings: {} },
    request,
    log: (level, category, message) => {
      const { invocationContext } = context;
      app.log({ level, category, message, functionName, invocationId, invocationContext });
    },
  };
  return context;
}

interface CallContext extends CoreInvocationContext {
  /** The context of the handler; log hooks get it too. */
  invocationContext?: unknown;
}

interface Run {
  readonly coreContext: CallContext;
  readonly model: InvocationModel;
  readonly context: unknown;
  readonly inputs: unknown[];
  readonly callback: FunctionCallback;
}
