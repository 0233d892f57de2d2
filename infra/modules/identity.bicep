metadata description = 'The user-assigned identity that the app uses for storage, telemetry and Microsoft Graph.'

@description('Required. Name of the identity.')
param name string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags { *: string }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id of the identity.')
output resourceId string = identity.id

@description('Client id of the identity. The application access policy lists it, and the app requests tokens with it.')
output clientId string = identity.properties.clientId

@description('Object id of the identity\'s service principal. Permissions and roles are granted to it.')
output principalId string = identity.properties.principalId
