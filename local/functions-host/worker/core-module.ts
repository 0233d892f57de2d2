import { Module } from 'node:module';
import type { AppEvent, LogLevel } from '../events';
import { Hooks, type HookCallback } from './hooks';
import type { FunctionCallback, FunctionMetadata, ProgrammingModel } from './rpc';

const moduleName = '@azure/functions-core';
const quietLevels: ReadonlySet<LogLevel> = new Set(['trace', 'debug']);

/** A function as the app has registered it. */
interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** A line for the log, as the library passes it on. */
interface LogLine {
  readonly level: LogLevel;
  readonly category: string;
  readonly message: string;
  readonly invocationContext?: unknown;
  readonly functionName?: string;
  readonly invocationId?: string;
}

/** The functions and hooks that the app registers while its files are loaded, and the module for registering them. */
export class FunctionApp {
  readonly hooks = new Hooks();
  readonly functions = new Map<string, RegisteredFunction>();
  /** Shared by all hooks of the app while the process lives. */
  readonly appHookData: Record<string, unknown> = {};
  readonly appLevelHookData: Record<string, unknown> = {};
  model: ProgrammingModel | undefined;
  readonly #emit: (event: AppEvent) => void;
  #locked = false;

  constructor(emit: (event: AppEvent) => void) {
    this.#emit = emit;
  }

  /** Ends the registration of functions. */
  lock(): void {
    this.#locked = true;
  }

  /** Drops log lines below `information`, the host's default log level. */
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

  /** The exports of `@azure/functions-core` that the library and apps use. */
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
 * Makes `require('@azure/functions-core')` return this app's module everywhere in the process. No package contains that
 * module; the real worker supplies it in the same way. The patch also covers `createRequire`.
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
