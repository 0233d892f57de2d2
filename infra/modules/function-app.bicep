metadata description = 'The function app on its Flex Consumption plan.'

import { optionalSettings, scaleSettings } from '../types.bicep'

@description('Required. Name of the plan.')
param planName string

@description('Required. Name of the function app.')
param name string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags { *: string }

@description('Required. True: instances are spread over the region\'s zones.')
param zoneRedundant bool

@description('Required. How the app scales.')
param scale scaleSettings

@description('Required. Resource id of the app\'s identity.')
param identityId string

@description('Required. Client id of the app\'s identity.')
param identityClientId string

@description('Required. Endpoints of the storage account, each ending in a slash.')
param storageEndpoints { blob: string, queue: string, table: string }

@description('Required. Blob container that deployment packages are put into.')
param packageContainerName string

@description('Required. Where telemetry is sent.')
param applicationInsightsConnectionString string

@description('Required. App settings that the operator chose.')
param settings optionalSettings

@description('Optional. Only sign-ins from this tenant count. Absent where the app has no sign-in.')
param signInTenantId string?

@description('Optional. Subnet that outgoing calls go through.')
param subnetId string?

var fixedSettings = {
  AzureWebJobsStorage__blobServiceUri: storageEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: storageEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: storageEndpoints.table
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AZURE_CLIENT_ID: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  // Without it, newer hosts keep five traces a second and drop the log lines of all others, and alerts would miss them.
  // https://github.com/Azure/azure-sdk-for-net/issues/54942
  OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage'
  OTEL_TRACES_SAMPLER_ARG: '1'
}
// App and host send to the same address. The app speaks HTTP; the host would speak gRPC.
var collectorSettings = contains(settings, 'OTEL_EXPORTER_OTLP_ENDPOINT') ? { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' } : {}
// The second is read by App Service: the identity whose tokens stand for a client secret.
var signInAppSettings = empty(signInTenantId)
  ? {}
  : { AUTH_TENANT_ID: signInTenantId, OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId }
var appSettings = union(fixedSettings, collectorSettings, signInAppSettings, settings)

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource functionApp 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'convoke' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      appSettings: [for setting in items(appSettings): { name: setting.key, value: setting.value }]
    }
    functionAppConfig: {
      runtime: {
        name: 'node'
        version: '24'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storageEndpoints.blob}${packageContainerName}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: scale.instanceMemoryMB
        maximumInstanceCount: scale.maximumInstanceCount
        alwaysReady: scale.?alwaysReady ?? []
        ...(scale.?httpConcurrency == null
          ? {}
          : { triggers: { http: { perInstanceConcurrency: scale.?httpConcurrency } } })
      }
    }
  }

  // Deployment signs in with Microsoft Entra too: no user name and password for either of the two endpoints.
  resource ftpPublishing 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scmPublishing 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('Name of the function app.')
output name string = functionApp.name

@description('Root of the app\'s routes.')
output url string = 'https://${functionApp.properties.defaultHostName}/api'
