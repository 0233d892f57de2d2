import { z } from 'zod';
import { parseTimeSpan } from './time-span';

/**
 * `extensions.queues` of host.json: https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue
 */
export interface QueueSettings {
  /** Maximum number of messages received in one call. */
  readonly batchSize: number;
  /** A new batch is fetched once at most this many messages are being processed. */
  readonly newBatchThreshold: number;
  readonly maxPollingIntervalMs: number;
  /** Delay before a failed message is tried again; not the lease of a running one. */
  readonly visibilityTimeoutSeconds: number;
  readonly maxDequeueCount: number;
  readonly messageEncoding: 'base64' | 'none';
}

/** `extensions.http` of host.json: https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook */
export interface HttpSettings {
  readonly routePrefix: string;
  /** Maximum number of running requests; others wait. */
  readonly maxConcurrentRequests: number;
  /** Maximum number of running and waiting requests; others are answered 429. */
  readonly maxOutstandingRequests: number;
  readonly customHeaders: Readonly<Record<string, string>>;
}

/** The part of host.json that this host follows. */
export interface HostSettings {
  readonly http: HttpSettings;
  readonly queues: QueueSettings;
  /** Infinity if host.json has `-1`. */
  readonly functionTimeoutMs: number;
}

/** What defaults and overrides depend on besides host.json. */
interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly processorCount: number;
}

/** The error of a host.json, or an override of it, with which the real host would not start. */
export class HostSettingsError extends Error {
  override readonly name = 'HostSettingsError';
}

/**
 * Settings from the text of host.json, with the defaults of the real host.
 * https://learn.microsoft.com/azure/azure-functions/functions-host-json
 */
export function parseHostSettings(text: string, machine: Machine): HostSettings {
  const parsed = schema(machine).safeParse(withOverrides(parseJson(text), machine.env));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new HostSettingsError(`host.json is not valid. ${problems.join('; ')}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new HostSettingsError(`host.json is not JSON: ${String(error)}`);
  }
}

/** `AzureFunctionsJobHost__a__b=value` replaces a.b of host.json, as in Azure. */
function withOverrides(hostJson: unknown, env: Machine['env']): unknown {
  const prefix = 'AzureFunctionsJobHost__';
  let result = hostJson;
  for (const [key, value] of Object.entries(env)) {
    if (key.startsWith(prefix) && value !== undefined && value !== '') {
      result = replaceAt(result, key.slice(prefix.length).split('__'), value);
    }
  }
  return result;
}

function replaceAt(target: unknown, path: readonly string[], value: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const object: Record<string, unknown> = { ...(target instanceof Object ? target : {}) };
  return { ...object, [key]: replaceAt(object[key], rest, value) };
}

function schema({ env, processorCount }: Machine) {
  const isDevelopment = env['AZURE_FUNCTIONS_ENVIRONMENT'] === 'Development';
  return z
    .object({
      version: z.literal('2.0', { error: 'must be "2.0"' }),
      functionTimeout: z.union([z.literal('-1'), timeSpan(1000)]).default(30 * 60_000),
      extensions: z
        .object({
          http: httpSchema.prefault({}),
          queues: queuesSchema(isDevelopment ? 2000 : 60_000).prefault({}),
        })
        .prefault({}),
    })
    .transform(({ functionTimeout, extensions: { http, queues } }): HostSettings => ({
      http,
      queues: {
        ...queues,
        newBatchThreshold:
          queues.newBatchThreshold ?? Math.floor(queues.batchSize / 2) * processorCount,
      },
      functionTimeoutMs: functionTimeout === '-1' ? Infinity : functionTimeout,
    }));
}

const limit = z.coerce
  .number()
  .int()
  .min(-1)
  .transform((value) => (value === -1 ? Infinity : value))
  .default(Infinity);

const httpSchema = z.object({
  routePrefix: z.string().default('api'),
  maxConcurrentRequests: limit,
  maxOutstandingRequests: limit,
  customHeaders: z.record(z.string(), z.string()).default({}),
});

function queuesSchema(defaultPollingMs: number) {
  return z
    .object({
      batchSize: z.coerce.number().int().min(1).max(32).default(16),
      newBatchThreshold: z.coerce.number().int().min(0).optional(),
      maxPollingInterval: timeSpan(100).default(defaultPollingMs),
      visibilityTimeout: timeSpan(0).default(0),
      maxDequeueCount: z.coerce.number().int().min(1).default(5),
      messageEncoding: z
        .string()
        .toLowerCase()
        .pipe(z.enum(['base64', 'none']))
        .default('base64'),
    })
    .transform(({ maxPollingInterval, visibilityTimeout, ...rest }) => ({
      ...rest,
      maxPollingIntervalMs: maxPollingInterval,
      visibilityTimeoutSeconds: Math.floor(visibilityTimeout / 1000),
    }));
}

function timeSpan(minMs: number) {
  return z.string().transform((text, context) => {
    const milliseconds = parseTimeSpan(text);
    if (milliseconds !== undefined && milliseconds >= minMs) return milliseconds;
    const message = `"${text}" is not a time span (hh:mm:ss) of at least ${minMs} ms`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}
