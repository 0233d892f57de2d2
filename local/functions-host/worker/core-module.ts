import { Module } from 'node:module';
import type { AppEvent, LogLevel } from '../events';
import { Hooks, type HookCallback } from './hooks';
import type { FunctionCallback, FunctionMetadata, ProgrammingModel } from './rpc';

const moduleName = '@azure/functions-core';
const quietLevels: ReadonlySet<LogLevel> = new Set(['trace', 'debug']);

export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

export interface LogLine {
  readonly level: LogLevel;
  readonly category: string;
  readonly message: string;
  readonly invocationContext?: unknown;
  readonly functionName?: string;
  readonly invocationId?: string;
}

/** What the app registered while its files were loaded, and the module through which it did so. */
export class FunctionApp {
  readonly hooks = new Hooks();
  readonly functions = new Map<string, RegisteredFunction>();
  /** Shared by all hooks of the app for as long as the process lives. */
  readonly appHookData: Record<string, unknown> = {};
  readonly appLevelHookData: Record<string, unknown> = {};
  model: ProgrammingModel | undefined;
  readonly #emit: (event: AppEvent) => void;
  #locked = false;

  constructor(emit: (event: AppEvent) => void) {
    this.#emit = emit;
  }

  /** From here on the set of functions is fixed. */
  lock(): void {
    this.#locked = true;
  }

  /** Log lines below `information` are dropped, as they are by the host's default log level. */
  log(line: LogLine): void {
    const { functionName, invocationId, ...context } = line;
    const hookContext = { ...context, hookData: {}, appHookData: this.appHookData };
    this.hooks.runSync('log', hookContext);
    if (quietLevels.has(hookContext.level)) return;
    this.#emit({
      type: 'log',
      level: hookContext.level,
      message: hookContext.message,
      ...(functionName === undefined ? {} : { functionName }),
      ...(invocationId === undefined ? {} : { invocationId }),
    });
  }

  /** The exports of `@azure/functions-core`, as far as the library and apps ask for them. */
  coreApi(): Record<string, unknown> {
    return {
      setProgrammingModel: (model: ProgrammingModel) => {
        this.model = model;
      },
      getProgrammingModel: () => this.model,
      registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) =>
        this.#registerFunction(metadata, callback),
      registerHook: (name: string, callback: HookCallback) => this.hooks.register(name, callback),
      log: (level: LogLevel, category: string, message: string) =>
        this.log({ level, category, message }),
    };
  }

  #registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): { dispose(): void } {
    if (this.#locked) throw new Error('A function can only be registered during app startup.');
    if (this.functions.has(metadata.name)) {
      throw new Error(`A function with name "${metadata.name}" has already been registered.`);
    }
    this.functions.set(metadata.name, { metadata, callback });
    return { dispose: () => this.functions.delete(metadata.name) };
  }
}

/**
 * Makes `require('@azure/functions-core')` answer with this app's module, everywhere in the process. That module
 * exists in no package; the worker supplies it in the same way, and the patch also reaches `createRequire`.
 */
export function installCoreModule(app: FunctionApp): void {
  const core = app.coreApi();
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its caller's `this`
  const original = Module.prototype.require;
  const patched = function (this: Module, id: string): unknown {
    return id === moduleName ? core : original.call(this, id);
  };
  Module.prototype.require = Object.assign(patched, original);
}
