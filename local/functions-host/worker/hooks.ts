const hookNames = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;

/** A hook of the library: https://learn.microsoft.com/azure/azure-functions/functions-reference-node#hooks */
type HookName = (typeof hookNames)[number];
/** Called with the hook's context, which it may change. */
export type HookCallback = (context: Record<string, unknown>) => unknown;

/** The app's hooks, run in the order of their registration. */
export class Hooks {
  readonly #callbacks = new Map<string, HookCallback[]>(hookNames.map((name) => [name, []]));

  register(name: string, callback: HookCallback): { dispose(): void } {
    const callbacks = this.#callbacks.get(name);
    if (callbacks === undefined) throw unknownHook(name);
    callbacks.push(callback);
    return {
      dispose: () => {
        const position = callbacks.indexOf(callback);
        if (position >= 0) callbacks.splice(position, 1);
      },
    };
  }

  async run(name: HookName, context: Record<string, unknown>): Promise<void> {
    for (const callback of this.#registered(name)) await callback(context);
  }

  /** Log hooks cannot be awaited: logging is synchronous. */
  runSync(name: HookName, context: Record<string, unknown>): void {
    for (const callback of this.#registered(name)) callback(context);
  }

  #registered(name: HookName): readonly HookCallback[] {
    return [...(this.#callbacks.get(name) ?? [])];
  }
}

/** The library recognizes exactly this error as that of an old host. */
function unknownHook(name: string): RangeError {
  const error = new RangeError(`Unrecognized hook "${name}"`);
  return Object.assign(error, { isAzureFunctionsSystemError: true });
}
