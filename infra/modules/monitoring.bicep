metadata description = 'Application Insights on a Log Analytics workspace. Telemetry is accepted only with Microsoft Entra tokens.'

@description('Required. Name of the Log Analytics workspace.')
param workspaceName string

@description('Required. Name of the Application Insights resource.')
param applicationInsightsName string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags { *: string }

@description('Required. How long telemetry is kept, in days.')
param retentionInDays int

@description('Required. Maximum amount of telemetry accepted in a day, in GB, to limit cost. -1 means no limit.')
param dailyQuotaGb int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionInDays
    workspaceCapping: { dailyQuotaGb: dailyQuotaGb }
    features: { disableLocalAuth: true }
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

@description('Name of the Application Insights resource.')
output applicationInsightsName string = applicationInsights.name

@description('Resource id of the Application Insights resource.')
output applicationInsightsId string = applicationInsights.id

@description('Resource id of the Log Analytics workspace.')
output workspaceId string = workspace.id

@description('Where telemetry is sent. An address, not a secret: with local authentication off, sending requires a token.')
output connectionString string = applicationInsights.properties.ConnectionString
