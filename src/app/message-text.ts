/** What only the worker has: https://github.com/Azure/azure-functions-nodejs-worker */
interface FunctionsCore {
  readonly getProgrammingModel: () => ProgrammingModel;
}

/** The library `@azure/functions`, as the worker sees it. */
interface ProgrammingModel {
  getInvocationModel(call: WorkerCall): unknown;
}

interface WorkerCall {
  readonly request: { readonly triggerMetadata?: Record<string, unknown> | null };
}

/**
 * Takes the text of a message out of its metadata before the library sees it. The host puts it there beside the bytes, and
 * the library parses it as JSON and renames its keys, each level a call deeper: a message of some thousand levels would
 * fail before its handler, every time, and never have a result. Nobody here reads that text.
 */
export function leaveOutMessageText(
  core = require('@azure/functions-core') as FunctionsCore,
): void {
  const model = core.getProgrammingModel();
  const getInvocationModel = model.getInvocationModel.bind(model);
  model.getInvocationModel = (call) => {
    delete call.request.triggerMetadata?.['QueueTrigger'];
    return getInvocationModel(call);
  };
}
