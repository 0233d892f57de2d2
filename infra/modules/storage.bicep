metadata description = 'The storage account: requests and results (queues), the ledger (tables), batches and deployment packages (blobs).'

@description('Required. Name of the storage account.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags { *: string }

@description('Required. True: three copies in three zones. False: three copies in one data centre.')
param zoneRedundant bool

@description('Required. True: reachable through private endpoints only.')
param privateOnly bool

@description('Required. Names of the queues.')
param queueNames string[]

@description('Required. Names of the tables.')
param tableNames string[]

@description('Required. Names of the blob containers.')
param containerNames string[]

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: privateOnly ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: privateOnly ? 'None' : 'AzureServices'
      defaultAction: privateOnly ? 'Deny' : 'Allow'
    }
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource containers 'containers' = [
      for containerName in containerNames: {
        name: containerName
        properties: { publicAccess: 'None' }
      }
    ]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queues 'queues' = [for queueName in queueNames: { name: queueName }]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource tables 'tables' = [for tableName in tableNames: { name: tableName }]
  }
}

@description('Name of the storage account.')
output name string = account.name

@description('Resource id of the storage account.')
output resourceId string = account.id

@description('Blob endpoint, ending in a slash.')
output blobServiceUri string = account.properties.primaryEndpoints.blob

@description('Queue endpoint, ending in a slash.')
output queueServiceUri string = account.properties.primaryEndpoints.queue

@description('Table endpoint, ending in a slash.')
output tableServiceUri string = account.properties.primaryEndpoints.table
