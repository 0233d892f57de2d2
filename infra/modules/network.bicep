metadata description = 'A virtual network for the app\'s outgoing calls. Storage is reached in it through private endpoints only.'

@description('Required. Name of the virtual network.')
param name string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags { *: string }

var applicationSubnet = 'application'
var endpointSubnet = 'private-endpoints'

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/24'] }
    subnets: [
      {
        name: endpointSubnet
        properties: {
          addressPrefix: '10.0.0.0/27'
          defaultOutboundAccess: false
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
      {
        name: applicationSubnet
        properties: {
          // One address for each instance: /25 leaves room for 123 at once.
          addressPrefix: '10.0.0.128/25'
          // The way out to Microsoft Graph. Newer API versions leave it closed by default.
          defaultOutboundAccess: true
          delegations: [
            {
              name: 'flex-consumption'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
    ]
  }
}

@description('Resource id of the virtual network.')
output networkId string = network.id

@description('Resource id of the subnet of the app.')
output applicationSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, applicationSubnet)

@description('Resource id of the subnet of the private endpoints.')
output endpointSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, endpointSubnet)
