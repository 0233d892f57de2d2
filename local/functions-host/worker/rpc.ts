/**
 * The part of the `@azure/functions-core` contract that `@azure/functions` 4.16 uses. In Azure these shapes are the
 * host's gRPC messages: https://github.com/Azure/azure-functions-language-worker-protobuf
 */
import type { LogLevel } from '../events';

/** A value with exactly one of these forms. */
export interface TypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: HttpData;
}

/** A request, or an answer: `statusCode` and `cookies` belong to answers. */
export interface HttpData {
  readonly url?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: TypedData | null;
  readonly statusCode?: string;
  readonly cookies?: readonly HttpCookie[];
}

/** A cookie of an answer; `maxAge` in seconds. */
export interface HttpCookie {
  readonly name: string;
  readonly value: string;
  readonly domain?: { readonly value: string } | undefined;
  readonly path?: { readonly value: string } | undefined;
  readonly expires?: { readonly value: { readonly seconds: number } } | undefined;
  readonly secure?: { readonly value: boolean } | undefined;
  readonly httpOnly?: { readonly value: boolean } | undefined;
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
  readonly maxAge?: { readonly value: number } | undefined;
}

/** A trigger, input or output of a function. Its other members are options of its type. */
export interface Binding {
  readonly type?: string;
  readonly direction?: 'in' | 'out';
  readonly name?: string;
  readonly [option: string]: unknown;
}

/** A function's name, and its bindings by name. */
export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Binding>>;
}

/** The app's handler, called with the trigger's data and the context. */
export type FunctionCallback = (...args: unknown[]) => unknown;

/** The data of one binding. */
interface NamedData {
  readonly name: string;
  readonly data: TypedData;
}

/** The data of a trigger, and of the bindings beside it. */
export interface InvocationRequest {
  readonly inputData: readonly NamedData[];
  readonly triggerMetadata: Readonly<Record<string, TypedData>>;
  readonly traceContext: TraceContext;
}

/** The trace of an invocation: https://www.w3.org/TR/trace-context/ */
export interface TraceContext {
  readonly traceParent: string;
  readonly traceState: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** An invocation, as the host describes it to the library. */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly metadata: FunctionMetadata;
  readonly request: InvocationRequest;
  /** The library reads this only to detect log calls that come too late. */
  state?: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks';
  log(level: LogLevel, category: string, message: string): void;
}

/** What the function returned, and the data of its output bindings. */
export interface InvocationResponse {
  readonly outputData: readonly NamedData[];
  readonly returnValue?: TypedData | null;
}

/** The library's part of one invocation: makes the arguments, calls the handler, and makes the response. */
export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<InvocationResponse>;
}

/** The library, as it registers itself with the host. */
export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
}
