@export()
@description('An app setting that the operator can override. If absent, the app uses its default.')
@sealed()
type optionalSettings = {
  @description('Optional. Root of Microsoft Graph. Needed in national clouds only, for example https://graph.microsoft.us.')
  GRAPH_BASE_URL: string?

  @description('Optional. Scope of the token for Microsoft Graph. By default it follows GRAPH_BASE_URL.')
  GRAPH_SCOPE: string?

  @description('Optional. Time limit of one call to Microsoft Graph, in seconds.')
  GRAPH_TIMEOUT_SECONDS: string?

  @description('Optional. How long a throttled or deferred queue request is retried before it fails, in hours.')
  REQUEST_MAX_AGE_HOURS: string?

  @description('Optional. Whether requests for meetings that are already over are accepted.')
  ALLOW_PAST_MEETINGS: ('true' | 'false')?

  @description('Optional. What to do if the call that creates a meeting is interrupted, and the meeting cannot be looked up: report the result as unknown, or create another meeting.')
  IF_UNKNOWN: ('report' | 'retry')?

  @description('Optional. How long a resolved organizer name is remembered, in minutes.')
  DIRECTORY_CACHE_MINUTES: string?

  @description('Optional. Encoding of the messages on the results queue: none or base64.')
  RESULT_ENCODING: ('none' | 'base64')?

  @description('Optional. Address or name of the group whose mailboxes the app is allowed to use in Exchange. By default, no meetings are created in calendars.')
  CALENDAR_GROUP: string?

  @description('Optional. Organizer pools and the object ids of their groups, for example lessons=<id>, talks=<id>. By default there are none.')
  ORGANIZER_POOLS: string?

  @description('Optional. How many meetings a pool assigns to one organizer in a calendar month.')
  ORGANIZER_MEETINGS_PER_MONTH: string?

  @description('Optional. How many rows of one batch wait on the requests queue at a time.')
  BATCH_WINDOW: string?

  @description('Optional. How long finished batches and finished requests are remembered, in days.')
  BATCH_RETENTION_DAYS: string?

  @description('Optional. Percentage of traces that are kept for meetings created at the first attempt.')
  ROUTINE_TRACES_PERCENT: string?

  @description('Optional. An OpenTelemetry collector that traces and host logs are sent to over HTTP, in addition to Application Insights.')
  OTEL_EXPORTER_OTLP_ENDPOINT: string?

  @description('Optional. Sampler of the Functions host. By default nothing is sampled.')
  OTEL_TRACES_SAMPLER: ('microsoft.fixed_percentage' | 'microsoft.rate_limited')?

  @description('Optional. Share of the traces that are kept, 0 to 1, or traces per second. The log lines of the other traces are lost too, and with them counts and alerts.')
  OTEL_TRACES_SAMPLER_ARG: string?
}

@export()
@description('How the app scales. Queue concurrency is not here: it belongs to host.json.')
@sealed()
type scaleSettings = {
  @description('Required. Memory of one instance in MB. Processor share grows with it.')
  instanceMemoryMB: (512 | 2048 | 4096)

  @description('Required. Maximum number of instances at once. Flex Consumption allows 40 to 1000.')
  @minValue(40)
  @maxValue(1000)
  maximumInstanceCount: int

  @description('Optional. HTTP requests that one instance handles at once. By default the platform decides from the memory.')
  @minValue(1)
  @maxValue(1000)
  httpConcurrency: int?

  @description('Optional. Instances that are kept warm, billed also when idle.')
  alwaysReady: alwaysReadyInstance[]?
}

@description('A number of instances kept warm for one scaling group.')
@sealed()
type alwaysReadyInstance = {
  @description('Required. "http" for all HTTP functions together, or "function:<name>" for one queue function.')
  name: string

  @description('Required. How many instances are kept warm.')
  @minValue(1)
  instanceCount: int
}

@export()
@description('Sign-in with Microsoft Entra, done by App Service authentication.')
@sealed()
type signInSettings = {
  @description('Required. Application (client) id of the app registration that callers request tokens for.')
  @minLength(36)
  @maxLength(36)
  clientId: string

  @description('Optional. If true, every call without a valid token is rejected with 401, even one with a function key. If false (the default), calls with a function key are accepted without a token.')
  required: bool?
}
