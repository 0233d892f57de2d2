/** A module that only the worker provides: https://github.com/Azure/azure-functions-nodejs-worker */
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
 * Removes the text of a message from its metadata before the library sees it. The host adds that text next to the bytes;
 * the library parses it as JSON and renames its keys recursively. A message nested some thousand levels deep would fail
 * before its handler on every delivery and never get a result. Nothing here reads that text.
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
