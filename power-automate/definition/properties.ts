import { isNamed, type Owner } from './owner';
import type { Variant } from './swagger';

/** Neither #007ee5 nor #ffffff, which Microsoft reserves. */
export const brandColor = '#5b5fc7';

/** A placeholder; the maker portal asks for the real app registration on its Security page. */
const nobody = '00000000-0000-0000-0000-000000000000';

const hostName = {
  type: 'string',
  uiDefinition: {
    displayName: 'Host name',
    description: 'Host name of your meeting app, such as contoso-meetings.azurewebsites.net.',
    tooltip: 'Without https:// and without anything after it.',
    constraints: { tabIndex: 1, clearText: true, required: 'true' },
  },
};

const functionKey = {
  type: 'securestring',
  uiDefinition: {
    displayName: 'Function key',
    description: 'A function key for the app. Ask its operator for one.',
    tooltip: 'Function app, Functions, App keys.',
    constraints: { tabIndex: 2, clearText: false, required: 'true' },
  },
};

const signIn = {
  token: {
    type: 'oauthSetting',
    oAuthSettings: {
      identityProvider: 'aad',
      clientId: nobody,
      scopes: [],
      redirectMode: 'Global',
      redirectUrl: 'https://global.consent.azure-apim.net/redirect',
      properties: {
        IsFirstParty: 'False',
        AzureActiveDirectoryResourceId: `api://${nobody}`,
        IsOnbehalfofLoginSupported: false,
      },
      customParameters: {
        loginUri: { value: 'https://login.windows.net' },
        tenantId: { value: 'common' },
        resourceUri: { value: `api://${nobody}` },
      },
    },
  },
  'token:TenantId': {
    type: 'string',
    metadata: { sourceType: 'AzureActiveDirectoryTenant' },
    uiDefinition: {
      constraints: { required: 'false', hidden: 'true' },
      description: 'The tenant ID of the Microsoft Entra application',
      displayName: 'Tenant',
    },
  },
};

const toHost = {
  templateId: 'dynamichosturl',
  title: 'To the host of the connection',
  parameters: {
    'x-ms-apimTemplateParameter.urlTemplate': "https://@connectionParameters('hostName')",
  },
};

/** The host requires its key even from signed-in callers. */
const withKey = {
  templateId: 'setheader',
  title: 'With the function key of the connection',
  parameters: {
    'x-ms-apimTemplateParameter.name': 'x-functions-key',
    'x-ms-apimTemplateParameter.value': "@connectionParameters('functionKey')",
    'x-ms-apimTemplateParameter.existsAction': 'override',
    'x-ms-apimTemplate-policySection': 'Request',
  },
};

/** Each answer contains the parameter of the next call; the flow starts if the answer has entries. */
const polling = {
  templateId: 'pollingtrigger',
  title: 'When something has finished',
  type: 'PollingTrigger',
  parameters: {
    'x-ms-apimTemplateParameter.triggerConfig': {
      completedAfter: '@{triggerBody().completedAfter}',
    },
    'x-ms-apimTemplateParameter.triggerDataPath': '@triggerBody().value',
    'x-ms-apimTemplate-operationName': [
      'WhenABatchIsFinished',
      'WhenAMeetingIsMade',
      'WhenAMeetingFails',
    ],
  },
};

const connections = {
  'function-key': { api_key: functionKey, hostName },
  entra: { ...signIn, hostName, functionKey },
} as const;

/** How connections are made: https://learn.microsoft.com/connectors/custom-connectors/policy-templates */
export const apiProperties = (variant: Variant, owner: Owner): object => ({
  properties: {
    ...(isNamed(owner) && { publisher: owner.name, stackOwner: owner.name }),
    iconBrandColor: brandColor,
    capabilities: [],
    connectionParameters: connections[variant],
    policyTemplateInstances: [toHost, ...(variant === 'entra' ? [withKey] : []), polling],
  },
});
