metadata description = 'App Service authentication: checks Microsoft Entra tokens before a call reaches the app, and tells the app who called.'

import { signInSettings } from '../types.bicep'

@description('Required. Name of the function app.')
param functionAppName string

@description('Required. Whose tokens are taken, and whether a call without one goes on.')
param signIn signInSettings

resource functionApp 'Microsoft.Web/sites@2024-04-01' existing = {
  name: functionAppName
}

resource authentication 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: functionApp
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      requireAuthentication: signIn.?required ?? false
      // A browser's redirect to a sign-in page is of no use to callers of an API.
      unauthenticatedClientAction: signIn.?required ?? false ? 'Return401' : 'AllowAnonymous'
      // Health is for probes. The description of the API is the same for every installation, and tools that read it
      // from its address cannot sign in. A batch's status URL is its own permission: it holds an unguessable id.
      excludedPaths: ['/api/health', '/api/openapi.json', '/api/batches/*']
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        // No client secret: tokens are checked, none is fetched.
        registration: {
          clientId: signIn.clientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [signIn.clientId, 'api://${signIn.clientId}']
        }
      }
    }
    login: { tokenStore: { enabled: false } }
  }
}
