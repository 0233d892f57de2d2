metadata description = 'Meetings by queue: one workflow sends requests, another passes results on. With managed identities, and no key anywhere.'

@description('Storage account of Convoke, in this resource group.')
param storageAccountName string

@description('Organizer of every row that names none: object id, user principal name or email address.')
param organizer string

@description('Time zone of the start times, for example Pacific Standard Time or Europe/Lisbon.')
param timeZone string

@description('Where each result is posted to.')
@secure()
param resultsUrl string

param location string = resourceGroup().location

// Storage Queue Data Contributor, on one queue each: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
// The connector also reads what a queue is called, which the roles for messages alone do not allow.
var queueRole = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'

var api = subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'azurequeues')

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageAccountName

  resource queues 'queueServices' existing = {
    name: 'default'

    resource requests 'queues' existing = {
      name: 'meeting-requests'
    }

    resource results 'queues' existing = {
      name: 'meeting-results'
    }
  }
}

// The type of this API version does not know how a connection says that an identity is used.
resource connection 'Microsoft.Web/connections@2016-06-01' = {
  name: 'convoke-queues'
  location: location
  properties: {
    displayName: 'Queues of Convoke'
    api: { id: api }
    #disable-next-line BCP089 BCP037
    parameterValueSet: { name: 'managedIdentityAuth', values: {} }
  }
}

var connections = {
  azurequeues: {
    id: api
    connectionId: connection.id
    connectionName: connection.name
    connectionProperties: { authentication: { type: 'ManagedServiceIdentity' } }
  }
}

resource requestWorkflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: 'convoke-send-requests'
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    definition: loadJsonContent('requests.json')
    parameters: {
      '$connections': { value: connections }
      queueEndpoint: { value: storage.properties.primaryEndpoints.queue }
      organizer: { value: organizer }
      timeZone: { value: timeZone }
    }
  }
}

resource resultWorkflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: 'convoke-receive-results'
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    definition: loadJsonContent('results.json')
    parameters: {
      '$connections': { value: connections }
      queueEndpoint: { value: storage.properties.primaryEndpoints.queue }
      resultsUrl: { value: resultsUrl }
    }
  }
}

resource maySend 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage::queues::requests.id, requestWorkflow.id, queueRole)
  scope: storage::queues::requests
  properties: {
    principalId: requestWorkflow.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueRole)
  }
}

resource mayReceive 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage::queues::results.id, resultWorkflow.id, queueRole)
  scope: storage::queues::results
  properties: {
    principalId: resultWorkflow.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueRole)
  }
}
