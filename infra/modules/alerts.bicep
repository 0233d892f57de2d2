metadata description = 'Alert rules on what the app writes into its log. Without an action group, they are shown only in the portal.'

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags { *: string }

@description('Required. Resource id of the Application Insights resource.')
param applicationInsightsId string

@description('Required. Resource ids of the action groups that are notified. If empty, nobody is notified.')
param actionGroupIds string[]

@description('Required. Address of the page that describes what to do. Each alert links to its own heading there.')
param runbookUrl string

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

  @description('Required. Returns a row for each problem, or no row.')
  query: string

  @description('Required. Columns of the query that distinguish alerts. An alert contains their values.')
  dimensions: string[]

  @description('Required. Time window that is evaluated, ISO 8601.')
  window: string
}

var rules rule[] = [
  {
    name: 'failed'
    description: 'Requests fail for a reason that the operator can fix.'
    severity: 1
    window: 'PT15M'
    dimensions: ['code']
    query: '${events} | where name in ("meeting.failed", "request.refused") | extend code = tostring(event.code) | where code !in (${callersOwn}) | project code, requestId = tostring(event.requestId)'
  }
  {
    name: 'unknown'
    description: 'A call to Microsoft Graph that cannot be repeated was interrupted, so it is unknown whether the meeting exists.'
    severity: 1
    window: 'PT15M'
    dimensions: ['code']
    query: '${events} | where name == "meeting.unknown" | project code = tostring(event.code), requestId = tostring(event.requestId)'
  }
  {
    name: 'poison'
    description: 'A poison queue has had messages for half an hour. Their requests have no results yet.'
    severity: 1
    window: 'PT30M'
    dimensions: ['queue']
    query: '${events} | where name == "queue.measured" and tostring(event.queue) endswith "-poison" | summarize measurements = count(), fewest = min(tolong(event.messages)) by queue = tostring(event.queue) | where measurements >= 5 and fewest > 0'
  }
  {
    name: 'put-back'
    description: 'Dead messages cannot get their results, and are retried every minute.'
    severity: 1
    window: 'PT15M'
    dimensions: ['code']
    query: '${events} | where name == "poison.put-back" | summarize times = count() by code = tostring(event.code) | where times > 10'
  }
  {
    name: 'oldest-message'
    description: 'A message has been waiting for more than 30 minutes without being received.'
    severity: 2
    window: 'PT15M'
    dimensions: ['queue']
    query: '${events} | where name == "queue.measured" and tostring(event.queue) !endswith "-poison" | where tolong(event.oldestMs) > 1800000 | summarize by queue = tostring(event.queue)'
  }
  {
    name: 'oldest-request'
    description: 'Requests have been put back for more than 6 hours. After REQUEST_MAX_AGE_HOURS they fail.'
    severity: 2
    window: 'PT1H'
    dimensions: ['code']
    query: '${events} | where name == "request.deferred" and tolong(event.ageMs) > 21600000 | summarize by code = tostring(event.code), requestId = tostring(event.requestId)'
  }
  {
    name: 'throttling'
    description: 'Microsoft Graph is throttling more than a fifth of the calls.'
    severity: 2
    window: 'PT30M'
    dimensions: []
    query: '${events} | mv-expand call = split(tostring(event.graph), ",") to typeof(string) | where isnotempty(call) | summarize calls = count(), throttled = countif(call contains " 429 ") | where calls >= 50 and throttled > 0.2 * calls'
  }
  {
    name: 'not-started'
    description: 'The app does not start because settings are not valid or storage cannot be reached.'
    severity: 1
    window: 'PT15M'
    dimensions: []
    query: '${events} | where name == "app.start-failed" | project problems = tostring(event.problems)'
  }
  {
    name: 'silent'
    description: 'The app has not measured its queues for half an hour. It is not running, or its telemetry does not arrive.'
    severity: 1
    window: 'PT30M'
    dimensions: []
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
      description: '${rule.description} What to do: ${runbookUrl}#alert-${rule.name}'
      severity: rule.severity
      enabled: true
      scopes: [applicationInsightsId]
      // The price of a rule depends on how often it runs its query.
      evaluationFrequency: 'PT15M'
      windowSize: rule.window
      // The tables may appear after the rules, with the first data; that is no error.
      skipQueryValidation: true
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            dimensions: [for column in rule.dimensions: { name: column, operator: 'Include', values: ['*'] }]
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
