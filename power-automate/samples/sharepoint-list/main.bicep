metadata description = 'A meeting for each new item of a SharePoint list, and its link in the item.'

@description('Name of the function app with Convoke, in this subscription.')
param functionAppName string

@description('Resource group of the function app.')
param functionAppResourceGroup string = resourceGroup().name

@description('Organizer of every item that names none: object id, user principal name or email address.')
param organizer string

@description('Address of the site, for example https://contoso.sharepoint.com/sites/school.')
param site string

@description('Name or id of the list.')
param list string

param location string = resourceGroup().location

var createMeetingFunctionId = resourceId(
  subscription().subscriptionId,
  functionAppResourceGroup,
  'Microsoft.Web/sites/functions',
  functionAppName,
  'createMeeting'
)

// SharePoint has no managed identity: open the connection once in the portal and sign in as somebody who may edit the list.
resource sharePoint 'Microsoft.Web/connections@2016-06-01' = {
  name: 'convoke-sharepoint'
  location: location
  properties: {
    displayName: 'SharePoint for Convoke'
    api: {
      id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'sharepointonline')
    }
  }
}

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: 'convoke-sharepoint-list'
  location: location
  properties: {
    // Logic Apps finds the function's address and key by its id, which must be there when the workflow is saved.
    definition: json(replace(loadTextContent('definition.json'), '{createMeetingFunctionId}', createMeetingFunctionId))
    parameters: {
      '$connections': {
        value: {
          sharepointonline: {
            id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'sharepointonline')
            connectionId: sharePoint.id
            connectionName: sharePoint.name
          }
        }
      }
      organizer: { value: organizer }
      site: { value: site }
      list: { value: list }
    }
  }
}
