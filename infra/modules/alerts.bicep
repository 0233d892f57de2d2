metadata description = 'Alert rules on what the app writes into its log. Without an action group they only show in the portal.'

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags { *: string }

@description('Required. Resource id of the Application Insights resource.')
param applicationInsightsId string

@description('Required. Resource ids of the action groups that are told. Empty: nobody is.')
param actionGroupIds string[]

// Every line of the app is one JSON object with a constant name under "event".
var events = 'traces | extend event = parse_json(message) | extend name = tostring(event.event)'
var callersOwn = '"invalidRequest", "invalidMessage", "requestTooLarge", "requestIdReused", "organizerNotFound", "cancelled"'

type rule = {
  @description('Required. Last part of the rule\'s name.')
  name: string

  @description('Required. What is wrong when it fires.')
  description: string

  @description('Required. 1 error, 2 warning.')
  severity: 1 | 2

  @description('Required. Gives a row for each thing that is wrong, or no row.')
  query: string

  @description('Required. Time that is looked at, ISO 8601.')
  window: string
}

var rules rule[] = [
  {
    name: 'failed'
    description: 'Requests fail for reasons that the operator can mend. The doctor says which: npm run doctor.'
    severity: 1
    window: 'PT15M'
    query: '${events} | where name in ("meeting.failed", "request.refused") | extend code = tostring(event.code) | where code !in (${callersOwn}) | summarize requests = count() by code'
  }
  {
    name: 'unknown'
    description: 'Microsoft Graph broke off a call that cannot be repeated: nobody knows whether the meeting exists.'
    severity: 1
    window: 'PT15M'
    query: '${events} | where name == "meeting.unknown" | project requestId = tostring(event.requestId)'
  }
  {
    name: 'poison'
    description: 'Messages lie in a poison queue, and the app does not get rid of them.'
    severity: 1
    window: 'PT15M'
    query: '${events} | where name == "queue.measured" and tostring(event.queue) endswith "-poison" | where tolong(event.oldestMs) > 600000 | summarize by queue = tostring(event.queue)'
  }
  {
    name: 'oldest-message'
    description: 'A message has been waiting for more than 30 minutes without being taken.'
    severity: 2
    window: 'PT15M'
    query: '${events} | where name == "queue.measured" and tostring(event.queue) !endswith "-poison" | where tolong(event.oldestMs) > 1800000 | summarize by queue = tostring(event.queue)'
  }
  {
    name: 'oldest-request'
    description: 'Requests have been put back for more than 6 hours. After REQUEST_MAX_AGE_HOURS they fail.'
    severity: 2
    window: 'PT1H'
    query: '${events} | where name == "request.deferred" and tolong(event.ageMs) > 21600000 | summarize by requestId = tostring(event.requestId)'
  }
  {
    name: 'throttling'
    description: 'Microsoft Graph throttles more than a fifth of the calls.'
    severity: 2
    window: 'PT30M'
    query: '${events} | where name == "graph.called" | summarize calls = count(), throttled = countif(toint(event.status) == 429) | where calls >= 50 and throttled > 0.2 * calls'
  }
  {
    name: 'not-started'
    description: 'The app does not start: settings are wrong or storage is out of reach.'
    severity: 1
    window: 'PT15M'
    query: '${events} | where name == "app.start-failed" | project timestamp'
  }
  {
    name: 'silent'
    description: 'The app has not measured its queues for half an hour: it does not run, or its telemetry does not arrive.'
    severity: 1
    window: 'PT30M'
    query: '${events} | where name == "queue.measured" | summarize measurements = count() | where measurements == 0'
  }
]

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-convoke-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Convoke: ${rule.name}'
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [applicationInsightsId]
      // Rules are paid for by how often they look.
      evaluationFrequency: 'PT15M'
      windowSize: rule.window
      // The first data may come after the rules: a table that is not there yet is no error.
      skipQueryValidation: true
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: { actionGroups: actionGroupIds }
    }
  }
]
