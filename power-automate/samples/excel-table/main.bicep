metadata description = 'Every hour: meetings for the rows of an Excel table that have no link yet, and the links beside their rows.'

@description('Name of the function app with Convoke, in this resource group.')
param functionAppName string

@description('Organizer of every row that names none: object id, user principal name or email address.')
param organizer string

@description('Time zone of the dates in the table, for example Pacific Standard Time or Europe/Lisbon.')
param timeZone string

@description('Where the workbook is: me for OneDrive, or sites/ and the id of a SharePoint site.')
param workbookSource string = 'me'

@description('Id of the drive with the workbook.')
param workbookDrive string

@description('Id of the workbook.')
param workbookFile string

@description('Name of the table.')
param table string = 'Meetings'

param location string = resourceGroup().location

resource functionApp 'Microsoft.Web/sites@2024-04-01' existing = {
  name: functionAppName
}

// Excel has no managed identity: open the connection once in the portal and sign in as somebody who may edit the workbook.
resource excel 'Microsoft.Web/connections@2016-06-01' = {
  name: 'convoke-excel'
  location: location
  properties: {
    displayName: 'Excel for Convoke'
    api: {
      id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'excelonlinebusiness')
    }
  }
}

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: 'convoke-excel-table'
  location: location
  properties: {
    definition: loadJsonContent('definition.json')
    parameters: {
      '$connections': {
        value: {
          excelonlinebusiness: {
            id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'excelonlinebusiness')
            connectionId: excel.id
            connectionName: excel.name
          }
        }
      }
      convokeUrl: { value: 'https://${functionApp.properties.defaultHostName}/api' }
      // Read while deploying, kept as a secure parameter, and seen by nobody.
      functionKey: { value: listKeys('${functionApp.id}/host/default', '2024-04-01').functionKeys.default }
      organizer: { value: organizer }
      timeZone: { value: timeZone }
      workbookSource: { value: workbookSource }
      workbookDrive: { value: workbookDrive }
      workbookFile: { value: workbookFile }
      table: { value: table }
    }
  }
}
