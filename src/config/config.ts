import { isConnectionString } from './connection-string';
import { guid, SettingsReader, type Environment, type SettingProblem } from './settings-reader';

export type { Environment, SettingProblem } from './settings-reader';

/**
 * How the app reaches its storage account. URLs have no trailing slash; without `clientId`, the identity is
 * system-assigned.
 */
export type StorageConfig =
  | { readonly kind: 'connectionString'; readonly connectionString: string }
  | {
      readonly kind: 'identity';
      readonly queueUrl: string;
      readonly tableUrl: string;
      readonly blobUrl: string;
      readonly clientId?: string;
    };

/** The configuration of the app, read once from its settings. */
export interface Config {
  readonly storage: StorageConfig;
  readonly graph: {
    /** Without a trailing slash. */
    readonly baseUrl: string;
    readonly scope: string;
    readonly timeoutMs: number;
    /** Client id of the user-assigned identity; absent means system-assigned. */
    readonly clientId?: string;
  };
  readonly requests: {
    readonly maxAgeMs: number;
    /** Whether requests may ask for meetings that are over. */
    readonly allowPast: boolean;
    /** Default for requests without `ifUnknown`. */
    readonly ifUnknown: 'report' | 'retry';
  };
  readonly calendars: {
    /** The group whose mailboxes the app may use, as the operator calls it; absent where calendars are not set up. */
    readonly group?: string;
  };
  readonly pools: {
    /** Object ids of groups, by the names of organizer pools. */
    readonly groups: Readonly<Record<string, string>>;
    readonly maxMeetingsPerMonth: number;
  };
  readonly batches: {
    /** Maximum number of rows of one batch on the requests queue at a time. */
    readonly window: number;
    readonly retentionMs: number;
  };
  readonly directory: { readonly cacheMs: number };
  readonly results: { readonly encoding: 'none' | 'base64' };
  readonly signIn: {
    readonly enabled: boolean;
    readonly tenantId?: string;
    /** Whether people can also sign in on the page. */
    readonly onPage?: true;
  };
  readonly telemetry: {
    /** Share of the traces that is sent for meetings made at the first attempt, 0–1. */
    readonly routineShare: number;
    /** Without a trailing slash. */
    readonly otlpEndpoint?: string;
    /** Protocol between the Functions host and the collector; the app uses HTTP. */
    readonly hostProtocol?: string;
    readonly applicationInsights?: {
      readonly connectionString: string;
      /** The identity that sends telemetry, user-assigned if it has a client id; absent if no token is needed. */
      readonly identity?: { readonly clientId?: string };
    };
    readonly siteName?: string;
    readonly instance?: string;
    readonly region?: string;
  };
}

/** Thrown by `loadConfig`: names all settings that are wrong, never their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    super(`The app settings are not valid. ${problems.map(({ message }) => message).join(' ')}`);
    this.problems = problems;
  }
}

function readStorage(read: SettingsReader): StorageConfig {
  const connectionString = read.text('AzureWebJobsStorage');
  if (connectionString !== undefined) {
    if (!isConnectionString(connectionString))
      read.refuse(
        'AzureWebJobsStorage',
        'is not a connection string. Copy the whole string from “Access keys” in the storage account, or leave the setting out to use the identity',
      );
    return { kind: 'connectionString', connectionString };
  }
  const account = read.text('AzureWebJobsStorage__accountName');
  const clientId = read.guid('AzureWebJobsStorage__clientId');
  const endpoint = (service: 'queue' | 'table' | 'blob'): string => {
    const url = read.url(`AzureWebJobsStorage__${service}ServiceUri`);
    if (url !== undefined) return url;
    if (account !== undefined) return `https://${account}.${service}.core.windows.net`;
    read.refuse(
      `AzureWebJobsStorage__${service}ServiceUri`,
      'is missing: set AzureWebJobsStorage, AzureWebJobsStorage__accountName, or all three service URIs',
    );
    return '';
  };
  return {
    kind: 'identity',
    queueUrl: endpoint('queue'),
    tableUrl: endpoint('table'),
    blobUrl: endpoint('blob'),
    ...(clientId !== undefined && { clientId }),
  };
}

/** The versions of Graph, which each call adds. */
const graphVersion = /\/(?:v\d+\.\d+|beta)$/i;

function readGraph(read: SettingsReader): Config['graph'] {
  const baseUrl = read.url('GRAPH_BASE_URL') ?? 'https://graph.microsoft.com';
  if (graphVersion.test(baseUrl))
    read.refuse('GRAPH_BASE_URL', 'must not end with a version such as /v1.0');
  const clientId = read.guid('AZURE_CLIENT_ID');
  return {
    baseUrl,
    scope: read.text('GRAPH_SCOPE') ?? `${baseUrl}/.default`,
    timeoutMs:
      read.number('GRAPH_TIMEOUT_SECONDS', { default: 30, minimum: 1, maximum: 100 }) * 1000,
    ...(clientId !== undefined && { clientId }),
  };
}

/** A pool name that people write into a cell, and its group: `lessons=<object id>`. */
const poolText = /^([^=,;\p{C}]{1,64}?)\s*=\s*(\S+)$/u;

function readPools(read: SettingsReader): Config['pools'] {
  const texts = (read.text('ORGANIZER_POOLS') ?? '').split(/[,;]/).map((text) => text.trim());
  const pools = texts.filter((text) => text !== '').map((text) => poolText.exec(text) ?? []);
  const names = pools.map(([, name = '']) => name);
  if (pools.some(([, , group = '']) => !guid.test(group)))
    read.refuse(
      'ORGANIZER_POOLS',
      'must be a comma-separated list of names and object ids of groups, such as lessons=00000000-0000-0000-0000-000000000000',
    );
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length)
    read.refuse('ORGANIZER_POOLS', 'contains the same pool twice');
  return {
    groups: Object.fromEntries(pools.map(([, name = '', group = '']) => [name, group])),
    maxMeetingsPerMonth: Math.floor(
      read.number('ORGANIZER_MEETINGS_PER_MONTH', { default: 1900, minimum: 1, maximum: 2000 }),
    ),
  };
}

/** https://learn.microsoft.com/azure/azure-monitor/app/connection-strings */
const instrumentationKey = /(?:^|;)\s*InstrumentationKey\s*=\s*[\da-f-]{36}\s*(?:;|$)/i;

function readTelemetry(read: SettingsReader): Config['telemetry'] {
  const otlpEndpoint = read.url('OTEL_EXPORTER_OTLP_ENDPOINT');
  const hostProtocol = read.text('OTEL_EXPORTER_OTLP_PROTOCOL');
  const connectionString = read.text('APPLICATIONINSIGHTS_CONNECTION_STRING');
  if (connectionString !== undefined && !instrumentationKey.test(connectionString))
    read.refuse(
      'APPLICATIONINSIGHTS_CONNECTION_STRING',
      'is not a connection string. Copy the whole string from the overview of the Application Insights resource',
    );
  const authentication = read.text('APPLICATIONINSIGHTS_AUTHENTICATION_STRING') ?? '';
  const clientId = /(?:^|;)ClientId=([^;]+)/i.exec(authentication)?.[1];
  const identity = /(?:^|;)Authorization=AAD/i.test(authentication)
    ? { ...(clientId !== undefined && { clientId }) }
    : undefined;
  const siteName = read.text('WEBSITE_SITE_NAME');
  const instance = read.text('WEBSITE_INSTANCE_ID');
  const region = read.text('REGION_NAME');
  const percent = read.number('ROUTINE_TRACES_PERCENT', { default: 5, minimum: 0, maximum: 100 });
  return {
    routineShare: percent / 100,
    ...(otlpEndpoint !== undefined && { otlpEndpoint }),
    ...(hostProtocol !== undefined && { hostProtocol }),
    ...(connectionString !== undefined && {
      applicationInsights: { connectionString, ...(identity !== undefined && { identity }) },
    }),
    ...(siteName !== undefined && { siteName }),
    ...(instance !== undefined && { instance }),
    ...(region !== undefined && { region }),
  };
}

/**
 * A request that is forgotten while a copy of its message still exists would make a second meeting. A message lives for
 * REQUEST_MAX_AGE_HOURS plus one day, in which it may be put back; requests are kept for twice that.
 */
function readRetentionDays(read: SettingsReader, maxAgeHours: number): number {
  const days = read.number('BATCH_RETENTION_DAYS', { default: 30, minimum: 1, maximum: 3650 });
  const minimum = Math.ceil((2 * (maxAgeHours + 24)) / 24);
  if (days < minimum) {
    read.refuse(
      'BATCH_RETENTION_DAYS',
      `must be at least ${minimum}, which is twice REQUEST_MAX_AGE_HOURS plus a day`,
    );
  }
  return days;
}

/**
 * The app's configuration from its environment. Pure; reads only the settings that `settings.ts` lists.
 * @throws ConfigError naming every wrong or missing setting.
 */
export function loadConfig(environment: Environment): Config {
  const read = new SettingsReader(environment);
  const tenantId = read.guid('AUTH_TENANT_ID');
  const calendarGroup = read.text('CALENDAR_GROUP');
  const maxAgeHours = read.number('REQUEST_MAX_AGE_HOURS', {
    default: 24,
    minimum: 1,
    maximum: 168,
  });
  const config: Config = {
    storage: readStorage(read),
    graph: readGraph(read),
    requests: {
      maxAgeMs: maxAgeHours * 3_600_000,
      allowPast: read.oneOf('ALLOW_PAST_MEETINGS', ['false', 'true']) === 'true',
      ifUnknown: read.oneOf('IF_UNKNOWN', ['report', 'retry']),
    },
    pools: readPools(read),
    calendars: { ...(calendarGroup !== undefined && { group: calendarGroup }) },
    batches: {
      window: read.number('BATCH_WINDOW', { default: 400, minimum: 100, maximum: 10_000 }),
      retentionMs: readRetentionDays(read, maxAgeHours) * 86_400_000,
    },
    directory: {
      cacheMs:
        read.number('DIRECTORY_CACHE_MINUTES', { default: 60, minimum: 0, maximum: 1440 }) * 60_000,
    },
    results: { encoding: read.oneOf('RESULT_ENCODING', ['none', 'base64']) },
    signIn: {
      enabled: read.text('WEBSITE_AUTH_ENABLED')?.toLowerCase() === 'true',
      ...(read.text('OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID') !== undefined && { onPage: true }),
      ...(tenantId !== undefined && { tenantId }),
    },
    telemetry: readTelemetry(read),
  };
  if (read.problems.length > 0) throw new ConfigError(read.problems);
  return config;
}
