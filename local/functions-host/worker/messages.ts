import type { AppEvent } from '../events';
import type { FunctionMetadata, InvocationRequest, InvocationResponse } from './rpc';

/** One call of a function, as the host sends it to the worker process. */
export interface WorkerCall {
  readonly invocationId: string;
  readonly functionName: string;
  readonly request: InvocationRequest;
}

/** From the host to the worker process. */
export type HostMessage =
  { readonly type: 'invoke'; readonly call: WorkerCall } | { readonly type: 'terminate' };

/** The worker's report when the app is loaded. */
export interface LoadedApp {
  readonly functions: readonly FunctionMetadata[];
  /** Address of the library's own server, if the app has enabled HTTP streaming. */
  readonly streamServer: string | undefined;
}

/** From the worker process to the host. */
export type WorkerMessage =
  | { readonly type: 'loaded'; readonly app: LoadedApp }
  | {
      readonly type: 'answered';
      readonly invocationId: string;
      readonly response: InvocationResponse;
    }
  | { readonly type: 'failed'; readonly invocationId: string; readonly detail: string }
  | AppEvent;
