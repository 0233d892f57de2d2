/** The levels of the app's log, from the least to the most important one. */
export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical';

/** A function in the event `ready`. */
export interface FunctionSummary {
  readonly name: string;
  readonly trigger: 'http' | 'queue' | 'timer' | 'warmup';
  readonly route?: string;
  readonly methods?: readonly string[];
  readonly queueName?: string;
}

/** Events that the host sends to its parent process. */
export type HostEvent =
  | { readonly type: 'ready'; readonly url: string; readonly functions: readonly FunctionSummary[] }
  /** The worker process. Sent before `ready`, and again whenever the process is replaced. */
  | { readonly type: 'worker'; readonly pid: number }
  | {
      readonly type: 'invocation';
      readonly functionName: string;
      readonly invocationId: string;
      readonly trigger: FunctionSummary['trigger'];
      readonly outcome: 'ok' | 'failed';
      readonly status?: number;
      readonly durationMs: number;
    }
  | {
      readonly type: 'log';
      readonly level: LogLevel;
      readonly message: string;
      readonly functionName?: string;
      readonly invocationId?: string;
    }
  | { readonly type: 'problem'; readonly message: string };

/** Sends an event to the parent process. */
export type Emit = (event: HostEvent) => void;

/** Events from the app itself. */
export type AppEvent = Extract<HostEvent, { readonly type: 'log' | 'problem' }>;
