metadata description = 'A workbook that shows how requests end, what waits, and how Microsoft Graph responds.'

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags { *: string }

@description('Required. Resource id of the Application Insights resource.')
param applicationInsightsId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // A workbook's name must be a GUID.
  name: guid(applicationInsightsId, 'convoke')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Convoke'
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: applicationInsightsId
    serializedData: string(loadJsonContent('workbook.json'))
  }
}
