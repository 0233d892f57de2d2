using 'main.bicep'

// azd and az both read this file. Values come from the environment; with azd, set them by: azd env set <name> <value>

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')

param resourceGroupName = readEnvironmentVariable('AZURE_RESOURCE_GROUP', 'rg-${readEnvironmentVariable('AZURE_ENV_NAME')}')

param location = readEnvironmentVariable('AZURE_LOCATION')

param scale = {
  instanceMemoryMB: json(readEnvironmentVariable('CONVOKE_INSTANCE_MEMORY_MB', '2048'))
  maximumInstanceCount: int(readEnvironmentVariable('CONVOKE_MAXIMUM_INSTANCES', '40'))
  httpConcurrency: json(readEnvironmentVariable('CONVOKE_HTTP_CONCURRENCY', 'null'))
  alwaysReady: json(readEnvironmentVariable('CONVOKE_ALWAYS_READY', '[]'))
}

// For example {"GRAPH_TIMEOUT_SECONDS":"20"}. The names are those of optionalSettings in types.bicep.
param settings = union(
  json(readEnvironmentVariable('CONVOKE_SETTINGS', '{}')),
  empty(readEnvironmentVariable('CONVOKE_GRAPH_URL', ''))
    ? {}
    : { GRAPH_BASE_URL: readEnvironmentVariable('CONVOKE_GRAPH_URL', '') },
  empty(readEnvironmentVariable('CONVOKE_CALENDAR_GROUP', ''))
    ? {}
    : { CALENDAR_GROUP: readEnvironmentVariable('CONVOKE_CALENDAR_GROUP', '') },
  empty(readEnvironmentVariable('CONVOKE_ORGANIZER_POOLS', ''))
    ? {}
    : { ORGANIZER_POOLS: readEnvironmentVariable('CONVOKE_ORGANIZER_POOLS', '') }
)

param signIn = empty(readEnvironmentVariable('CONVOKE_SIGN_IN_CLIENT_ID', ''))
  ? null
  : {
      clientId: readEnvironmentVariable('CONVOKE_SIGN_IN_CLIENT_ID', '')
      required: bool(readEnvironmentVariable('CONVOKE_SIGN_IN_REQUIRED', 'false'))
    }

// Resource ids in a JSON list.
param alertActionGroupIds = json(readEnvironmentVariable('CONVOKE_ALERT_ACTION_GROUPS', '[]'))

param runbookUrl = readEnvironmentVariable('CONVOKE_RUNBOOK_URL', 'docs/operations.md')

param privateNetwork = bool(readEnvironmentVariable('CONVOKE_PRIVATE_NETWORK', 'false'))

param zoneRedundant = bool(readEnvironmentVariable('CONVOKE_ZONE_REDUNDANT', 'false'))

param logRetentionInDays = int(readEnvironmentVariable('CONVOKE_LOG_RETENTION_DAYS', '30'))

param logDailyQuotaGb = int(readEnvironmentVariable('CONVOKE_LOG_DAILY_QUOTA_GB', '-1'))
