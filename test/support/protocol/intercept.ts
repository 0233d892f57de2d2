/** One call to a port: its name, its arguments, and its function. */
export interface PortCall {
  readonly name: string;
  readonly given: readonly unknown[];
  readonly effect: () => Promise<unknown>;
}

/** The port with `make` around each of its calls; properties other than calls (`isCall`) are unchanged. */
export function intercept<T extends object>(
  port: T,
  make: (call: PortCall) => Promise<unknown>,
  isCall: (name: string) => boolean = () => true,
): T {
  return new Proxy(port, {
    get(target, property) {
      const method: unknown = Reflect.get(target, property);
      const name = String(property);
      if (typeof method !== 'function') return method;
      const call = (given: unknown[]): unknown => Reflect.apply(method, target, given);
      if (!isCall(name)) return (...given: unknown[]) => call(given);
      return (...given: unknown[]) => make({ name, given, effect: async () => call(given) });
    },
  });
}
