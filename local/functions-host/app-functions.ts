import type { FunctionSummary } from './events';
import { RouteTemplate } from './http/route-template';
import { parseSchedule, type Schedule } from './timer/schedule';
import type { Binding, FunctionMetadata } from './worker/rpc';

interface Indexed {
  readonly name: string;
  readonly metadata: FunctionMetadata;
  /** The name of the trigger's data in an invocation. */
  readonly triggerName: string;
}

/** A function with an HTTP trigger; `route` includes the prefix. */
export interface HttpFunction extends Indexed {
  readonly trigger: 'http';
  readonly route: string;
  readonly template: RouteTemplate;
  /** Upper case; empty means every method. */
  readonly methods: readonly string[];
  readonly authLevel: string;
}

/**
 * A function with a queue trigger. `connection` names the setting of its storage account; `binary` passes bytes, not
 * text.
 */
export interface QueueFunction extends Indexed {
  readonly trigger: 'queue';
  readonly queueName: string;
  readonly connection: string;
  readonly binary: boolean;
}

/** A function with a timer trigger. */
export interface TimerFunction extends Indexed {
  readonly trigger: 'timer';
  readonly schedule: Schedule;
  readonly runOnStartup: boolean;
  /** Whether runs are recorded, so that missed ones are made up for. */
  readonly useMonitor: boolean;
}

/** A function that runs once, when the host starts. */
interface WarmupFunction extends Indexed {
  readonly trigger: 'warmup';
}

/** A function that the host can serve. */
export type AppFunction = HttpFunction | QueueFunction | TimerFunction | WarmupFunction;

/** The app's settings and those of the platform, by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** What decides which functions are served. `routePrefix` is that of host.json, `api` by default. */
interface IndexOptions {
  readonly routePrefix: string;
  readonly env: Env;
  /** Called for a function that cannot be served; the others still run. */
  readonly onProblem: (message: string) => void;
}

/** The functions to serve, in the order of the real host: by name, ignoring case. */
export function indexFunctions(
  registered: readonly FunctionMetadata[],
  options: IndexOptions,
): AppFunction[] {
  const indexed: AppFunction[] = [];
  for (const each of [...registered].sort(byName)) {
    const { name } = each;
    if (isDisabled(name, options.env)) continue;
    try {
      const fn = toAppFunction(each, options);
      if (fn.trigger === 'http') rejectConflicts(fn, indexed);
      indexed.push(fn);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      options.onProblem(`The '${name}' function is in error: ${reason}`);
    }
  }
  return indexed;
}

/** Summary of a function for the event `ready`. */
export function toSummary(fn: AppFunction): FunctionSummary {
  const { name, trigger } = fn;
  if (fn.trigger === 'http') return { name, trigger, route: fn.route, methods: fn.methods };
  if (fn.trigger === 'queue') return { name, trigger, queueName: fn.queueName };
  return { name, trigger };
}

/** Replaces `%NAME%` by the setting of that name. */
export function resolveSettings(text: string, env: Env): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = env[name];
    if (value === undefined || value === '')
      throw new Error(`'%${name}%' does not resolve to a value.`);
    return value;
  });
}

/** A textual option of a binding; empty if it is absent. */
export function readOption(binding: Binding, option: string): string {
  const value = binding[option];
  return typeof value === 'string' ? value : '';
}

function byName(one: FunctionMetadata, other: FunctionMetadata): number {
  const [a, b] = [one.name.toUpperCase(), other.name.toUpperCase()];
  return a < b ? -1 : Number(a > b);
}

/** https://learn.microsoft.com/azure/azure-functions/disable-function */
function isDisabled(name: string, env: Env): boolean {
  const value = env[`AzureWebJobs.${name}.Disabled`] ?? env[`AzureWebJobs_${name}_Disabled`];
  return value === '1' || value?.toLowerCase() === 'true';
}

function toAppFunction(metadata: FunctionMetadata, options: IndexOptions): AppFunction {
  const { name, bindings } = metadata;
  const found = Object.entries(bindings).find(([, { type }]) => /trigger$/i.test(type ?? ''));
  if (found === undefined) throw new Error('It has no trigger.');
  const [triggerName, binding] = found;
  for (const other of Object.values(bindings)) if (other !== binding) rejectUnknownBinding(other);
  const base: Indexed = { metadata, name, triggerName };
  switch (binding.type?.toLowerCase() ?? '') {
    case 'httptrigger':
      return toHttpFunction(base, binding, options.routePrefix);
    case 'queuetrigger':
      return toQueueFunction(base, binding, options.env);
    case 'timertrigger':
      return toTimerFunction(base, binding, options.env);
    case 'warmuptrigger':
      return { ...base, trigger: 'warmup' };
    default:
      throw new Error(`The local host does not serve the trigger "${binding.type}".`);
  }
}

function rejectUnknownBinding({ type, direction }: Binding): void {
  if (direction === 'out' && /^(http|queue)$/i.test(type ?? '')) return;
  throw new Error(`The local host does not serve the ${direction}put binding "${type}".`);
}

function toHttpFunction(base: Indexed, binding: Binding, routePrefix: string): HttpFunction {
  const given = readOption(binding, 'route');
  const ownRoute = (given === '' ? base.name : given).replace(/^\/+|\/+$/g, '');
  if (/^(admin|runtime)/i.test(ownRoute)) {
    throw new Error('The specified route conflicts with one or more built in routes.');
  }
  const route = [routePrefix.replace(/^\/+|\/+$/g, ''), ownRoute].filter(Boolean).join('/');
  const methods = Array.isArray(binding['methods']) ? binding['methods'] : [];
  return {
    ...base,
    trigger: 'http',
    route,
    template: new RouteTemplate(route),
    methods: methods.map((method) => String(method).toUpperCase()),
    authLevel: readOption(binding, 'authLevel').toLowerCase(),
  };
}

function toQueueFunction(base: Indexed, binding: Binding, env: Env): QueueFunction {
  const queueName = resolveSettings(readOption(binding, 'queueName'), env).toLowerCase();
  if (!/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(queueName)) {
    throw new Error(`"${queueName}" is not a valid queue name.`);
  }
  return {
    ...base,
    trigger: 'queue',
    queueName,
    connection: readOption(binding, 'connection'),
    binary: readOption(binding, 'dataType').toLowerCase() === 'binary',
  };
}

function toTimerFunction(base: Indexed, binding: Binding, env: Env): TimerFunction {
  return {
    ...base,
    trigger: 'timer',
    schedule: parseSchedule(resolveSettings(readOption(binding, 'schedule'), env)),
    runOnStartup: binding['runOnStartup'] === true,
    useMonitor: binding['useMonitor'] !== false,
  };
}

function rejectConflicts(fn: HttpFunction, others: readonly AppFunction[]): void {
  for (const other of others) {
    if (other.trigger !== 'http' || other.route.toLowerCase() !== fn.route.toLowerCase()) continue;
    const overlap = fn.methods.some((method) => other.methods.includes(method));
    if (overlap || fn.methods.length === 0 || other.methods.length === 0) {
      throw new Error(
        `The route specified conflicts with the route defined by function '${other.name}'.`,
      );
    }
  }
}
