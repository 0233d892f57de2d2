/** An application setting: its name, meaning and default. */
export interface Setting {
  readonly name: string;
  readonly meaning: string;
  readonly default?: string;
  /** Set by the platform, not by the operator. */
  readonly platform?: true;
}

/** Every setting that the app reads, in the order in which the documentation lists them. */
export const settings = [
  {
    name: 'AzureWebJobsStorage',
    meaning:
      'Connection string of the storage account. Leave it out to use the identity with the settings below.',
  },
  {
    name: 'AzureWebJobsStorage__accountName',
    meaning:
      'Storage account used with the identity in the public cloud, instead of the three service URIs.',
  },
  {
    name: 'AzureWebJobsStorage__queueServiceUri',
    meaning: 'Queue endpoint used with the identity.',
  },
  {
    name: 'AzureWebJobsStorage__tableServiceUri',
    meaning: 'Table endpoint used with the identity.',
  },
  { name: 'AzureWebJobsStorage__blobServiceUri', meaning: 'Blob endpoint used with the identity.' },
  {
    name: 'AzureWebJobsStorage__credential',
    meaning: 'Read by the Functions host: managedidentity.',
  },
  {
    name: 'AzureWebJobsStorage__clientId',
    meaning:
      'Client id of the user-assigned identity for storage. If absent, the system-assigned identity is used.',
  },
  {
    name: 'AZURE_CLIENT_ID',
    meaning:
      'Client id of the user-assigned identity for Microsoft Graph. If absent, the system-assigned identity is used.',
  },
  {
    name: 'GRAPH_BASE_URL',
    meaning: 'Root URL of Microsoft Graph. National clouds have their own.',
    default: 'https://graph.microsoft.com',
  },
  {
    name: 'GRAPH_SCOPE',
    meaning: 'Scope of the token for Microsoft Graph.',
    default: 'GRAPH_BASE_URL followed by /.default',
  },
  {
    name: 'GRAPH_TIMEOUT_SECONDS',
    meaning: 'Time limit of one call to Microsoft Graph, in seconds (1–100).',
    default: '30',
  },
  {
    name: 'REQUEST_MAX_AGE_HOURS',
    meaning:
      'How long a throttled or deferred queue request is retried before it fails, in hours (1–168).',
    default: '24',
  },
  {
    name: 'ALLOW_PAST_MEETINGS',
    meaning:
      'Whether requests for meetings that are already over are accepted: true or false. Graph’s own routes always accept them.',
    default: 'false',
  },
  {
    name: 'IF_UNKNOWN',
    meaning:
      'What to do if the call that creates a meeting is interrupted, and the meeting cannot be looked up. Either report the result as unknown (report), or create another meeting, at the risk of one unused meeting (retry). Requests can override this.',
    default: 'report',
  },
  {
    name: 'ORGANIZER_POOLS',
    meaning:
      'Organizer pools and the object ids of their groups: lessons=<group id>, talks=<group id>. A request can specify a pool instead of an organizer.',
  },
  {
    name: 'ORGANIZER_MEETINGS_PER_MONTH',
    meaning:
      'How many meetings a pool assigns to one organizer in a calendar month (UTC) before it moves on to the next (1–2000). Graph’s own limit is 2,000.',
    default: '1900',
  },
  {
    name: 'CALENDAR_GROUP',
    meaning:
      'Address or name of the group whose mailboxes the app is allowed to use in Exchange. If absent, no meetings are created in calendars.',
  },
  {
    name: 'BATCH_WINDOW',
    meaning: 'How many rows of one batch can wait on the requests queue at a time (100–10000).',
    default: '400',
  },
  {
    name: 'BATCH_RETENTION_DAYS',
    meaning:
      'How long finished batches and finished requests are remembered, in days: up to 3650, and at least twice REQUEST_MAX_AGE_HOURS plus a day. During this time, repeating a requestId returns the existing meeting.',
    default: '30',
  },
  {
    name: 'DIRECTORY_CACHE_MINUTES',
    meaning: 'How long a resolved organizer name is remembered, in minutes (0–1440).',
    default: '60',
  },
  {
    name: 'RESULT_ENCODING',
    meaning: 'Encoding of messages on the results queue: none (plain JSON) or base64.',
    default: 'none',
  },
  {
    name: 'AUTH_TENANT_ID',
    meaning:
      'Only sign-ins from this Entra tenant are accepted on /me. If absent, any tenant that App Service allows is accepted.',
  },
  {
    name: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID',
    meaning:
      'Read by App Service: client id of the identity that replaces a client secret when people sign in on the page.',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    meaning:
      'Traces are sent to this OpenTelemetry collector over HTTP, for example http://127.0.0.1:4318. If absent, they go only to Application Insights.',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    meaning:
      'Read by the Functions host: http/protobuf. Set it together with the collector. Without it, the host uses gRPC, and its own traces and logs do not arrive.',
  },
  {
    name: 'OTEL_TRACES_SAMPLER',
    meaning: 'Read by newer Functions hosts: microsoft.fixed_percentage or microsoft.rate_limited.',
  },
  {
    name: 'OTEL_TRACES_SAMPLER_ARG',
    meaning:
      'Read by newer Functions hosts: 1 with microsoft.fixed_percentage keeps everything. Log lines of traces that are left out are lost too.',
  },
  {
    name: 'ROUTINE_TRACES_PERCENT',
    default: '5',
    meaning:
      'Percentage of traces that are sent for meetings created at the first attempt, 0 to 100. All other traces and all log lines are always sent.',
  },
  {
    name: 'APPLICATIONINSIGHTS_CONNECTION_STRING',
    meaning:
      'Traces and logs are sent to this Application Insights resource. If absent, they are not sent.',
  },
  {
    name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
    meaning: 'Identity used to send telemetry: ClientId=<client id>;Authorization=AAD.',
  },
  {
    name: 'WEBSITE_AUTH_ENABLED',
    meaning:
      'Set by App Service: True while its authentication is on. Sign-in headers are trusted only then.',
    platform: true,
  },
  { name: 'WEBSITE_SITE_NAME', meaning: 'Name of the app, for telemetry.', platform: true },
  { name: 'WEBSITE_INSTANCE_ID', meaning: 'Name of the instance, for telemetry.', platform: true },
  { name: 'REGION_NAME', meaning: 'Region of the app, for telemetry.', platform: true },
] as const satisfies readonly Setting[];

/** The name of an environment variable that the app reads. */
export type SettingName = (typeof settings)[number]['name'];
