metadata description = 'App Service authentication: checks Microsoft Entra tokens before a call reaches the app, and tells the app who called.'

import { signInSettings } from '../types.bicep'

@description('Required. Name of the function app.')
param functionAppName string

@description('Required. Whose tokens are accepted, and whether a call without a token is let through.')
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
      // The page and its files are the same for everybody, and ask a person to sign in; what is behind them is not open.
      // Health is for probes. The description of the API is the same for every installation, and tools that read it
      // from its address cannot sign in. A batch's status URL is its own permission: it holds an unguessable id.
      excludedPaths: ['/api/health', '/api/openapi.json', '/api/batches/*', '/api/app', '/api/app/files/*']
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        // No client secret: for people who sign in in a browser, the app's identity stands for it, as a federated credential.
        // https://learn.microsoft.com/azure/app-service/configure-authentication-provider-aad#use-a-managed-identity-instead-of-a-secret-preview
        registration: {
          clientId: signIn.clientId
          clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
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
