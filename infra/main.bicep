metadata name = 'Convoke'
metadata description = 'A resource group with everything that Convoke needs. No secret is created, stored or handed out.'

targetScope = 'subscription'

import { optionalSettings, scaleSettings, signInSettings } from 'types.bicep'

@description('Required. Name of this environment, for example prod. Part of the resource group\'s name and of every resource\'s unique name.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Required. Region. It must offer Flex Consumption: az functionapp list-flexconsumption-locations.')
@minLength(1)
@metadata({ azd: { type: 'location' } })
param location string

@description('Optional. Name of the resource group.')
param resourceGroupName string = 'rg-${environmentName}'

@description('Optional. How the app scales.')
param scale scaleSettings = {
  instanceMemoryMB: 2048
  maximumInstanceCount: 40
}

@description('Optional. App settings that differ from the app\'s own defaults.')
param settings optionalSettings = {}

@description('Optional. Sign-in with Microsoft Entra. If absent, only function keys are accepted, and there is no /me.')
param signIn signInSettings?

@description('Optional. True: storage is reached through private endpoints in a virtual network, and its public address is closed.')
param privateNetwork bool = false

@description('Optional. True: instances and storage are spread over the region\'s zones. This adds cost. Azure then keeps two instances always ready for each of the app\'s eight scaling groups (HTTP, four queue functions, three timers), and bills these sixteen instances day and night.')
param zoneRedundant bool = false

@description('Optional. How long telemetry is kept, in days.')
@minValue(30)
@maxValue(730)
param logRetentionInDays int = 30

@description('Optional. Maximum amount of telemetry accepted in a day, in GB. -1 means no limit.')
@minValue(-1)
param logDailyQuotaGb int = -1

@description('Optional. Resource ids of the action groups that alerts go to. If empty, alerts are shown only in the portal.')
param alertActionGroupIds string[] = []

@description('Optional. Address of docs/operations.md as its readers reach it. Alerts link to it.')
param runbookUrl string = 'docs/operations.md'

// The app's own names of its queues, tables and containers: src/config/resource-names.ts.
var queueNames = [
  'meeting-requests'
  'meeting-requests-poison'
  'meeting-results'
  'meeting-batches'
  'meeting-batches-poison'
]
var tableNames = ['MeetingRequests', 'MeetingBatches']
var containerNames = ['meeting-batches', 'meeting-messages']
var packageContainerName = 'deployment-packages'

var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-07-01' = {
  name: resourceGroupName
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-convoke-${token}'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'stconvoke${token}'
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    privateOnly: privateNetwork
    queueNames: queueNames
    tableNames: tableNames
    containerNames: concat(containerNames, [packageContainerName])
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-convoke-${token}'
    applicationInsightsName: 'appi-convoke-${token}'
    location: location
    tags: tags
    retentionInDays: logRetentionInDays
    dailyQuotaGb: logDailyQuotaGb
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    applicationInsightsId: monitoring.outputs.applicationInsightsId
    actionGroupIds: alertActionGroupIds
    runbookUrl: runbookUrl
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    applicationInsightsId: monitoring.outputs.applicationInsightsId
  }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    principalId: identity.outputs.principalId
    storageAccountName: storage.outputs.name
    applicationInsightsName: monitoring.outputs.applicationInsightsName
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  scope: group
  params: {
    name: 'vnet-convoke-${token}'
    location: location
    tags: tags
  }
}

module privateStorage 'modules/private-storage.bicep' = if (privateNetwork) {
  scope: group
  params: {
    storageAccountName: storage.outputs.name
    location: location
    tags: tags
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointSubnetId
  }
}

module functionApp 'modules/function-app.bicep' = {
  scope: group
  params: {
    planName: 'plan-convoke-${token}'
    name: 'func-convoke-${token}'
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    scale: scale
    identityId: identity.outputs.resourceId
    identityClientId: identity.outputs.clientId
    storageEndpoints: {
      blob: storage.outputs.blobServiceUri
      queue: storage.outputs.queueServiceUri
      table: storage.outputs.tableServiceUri
    }
    packageContainerName: packageContainerName
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    settings: settings
    signInTenantId: signIn == null ? null : tenant().tenantId
    subnetId: privateNetwork ? network!.outputs.applicationSubnetId : null
  }
  // The host reads its storage when it starts. It stops without its roles, and reaches a closed account only through the private endpoints.
  dependsOn: [roles, privateStorage]
}

module authentication 'modules/authentication.bicep' = if (signIn != null) {
  scope: group
  params: {
    functionAppName: functionApp.outputs.name
    signIn: signIn!
  }
}

@description('Region of the deployment.')
output AZURE_LOCATION string = location

@description('Name of the resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Tenant that was deployed to.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('Name of the function app.')
output CONVOKE_FUNCTION_APP_NAME string = functionApp.outputs.name

@description('Root of the app\'s routes.')
output CONVOKE_URL string = functionApp.outputs.url

@description('Client id of the app\'s identity, for the application access policy.')
output CONVOKE_IDENTITY_CLIENT_ID string = identity.outputs.clientId

@description('Object id of the identity\'s service principal, for Microsoft Graph permissions.')
output CONVOKE_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId

@description('Name of the storage account.')
output CONVOKE_STORAGE_ACCOUNT_NAME string = storage.outputs.name

@description('Name of the Application Insights resource.')
output CONVOKE_APPLICATION_INSIGHTS_NAME string = monitoring.outputs.applicationInsightsName
