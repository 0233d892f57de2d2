/** What stands for the connector in every flow of the solution, until an import asks for a connection. */
export const connectionReference = {
  logicalName: 'convoke_shared_meetings',
  title: 'Convoke Meetings',
  /** An environment gives a connector an id of its own; imports find it by the connector in the solution. */
  apiId: '/providers/Microsoft.PowerApps/apis/shared_convoke-5fmeetings',
} as const;

const api = 'shared_convoke-5fmeetings';

const input = (title: string, hint: string, description: string): object => ({
  title,
  type: 'string',
  'x-ms-dynamically-added': true,
  'x-ms-content-hint': hint,
  description,
});

const definition = {
  $schema:
    'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  parameters: {
    $connections: { defaultValue: {}, type: 'Object' },
    $authentication: { defaultValue: {}, type: 'SecureObject' },
  },
  triggers: {
    manual: {
      type: 'Request',
      kind: 'Button',
      inputs: {
        schema: {
          type: 'object',
          properties: {
            text: input('Organizer', 'TEXT', 'E-mail address of the organizer'),
            text_1: input('Subject', 'TEXT', 'What the meeting is called'),
            text_2: input('Start', 'TEXT', 'Such as 2030-01-15T14:30'),
            text_3: input('Time zone', 'TEXT', 'Such as Pacific Standard Time'),
          },
          required: ['text', 'text_1', 'text_2', 'text_3'],
        },
      },
    },
  },
  actions: {
    Create_a_meeting: {
      runAfter: {},
      type: 'OpenApiConnection',
      inputs: {
        host: {
          apiId: connectionReference.apiId,
          connectionName: api,
          operationId: 'CreateMeeting',
        },
        parameters: {
          // The same when Power Automate repeats the call.
          'body/requestId': "@workflow()?['run']?['name']",
          'body/organizer': "@triggerBody()?['text']",
          'body/timeZone': "@triggerBody()?['text_3']",
          'body/durationMinutes': 30,
          'body/meeting/subject': "@triggerBody()?['text_1']",
          'body/meeting/startDateTime': "@triggerBody()?['text_2']",
        },
        authentication: "@parameters('$authentication')",
      },
    },
    Join_link: {
      runAfter: { Create_a_meeting: ['Succeeded'] },
      type: 'Compose',
      inputs: "@outputs('Create_a_meeting')?['body/meeting/joinWebUrl']",
    },
    Not_applied: {
      runAfter: { Join_link: ['Succeeded'] },
      type: 'Compose',
      inputs: "@outputs('Create_a_meeting')?['body/notApplied']",
    },
  },
  outputs: {},
};

export const starterFlow = {
  id: '6f0a2d1c-9d5b-4f0e-8c57-1b0f6f7f5a02',
  title: 'Create a Teams meeting',
  /** https://learn.microsoft.com/power-automate/manage-flows-with-code#clientdata */
  content: {
    properties: {
      connectionReferences: {
        [api]: {
          runtimeSource: 'embedded',
          connection: { connectionReferenceLogicalName: connectionReference.logicalName },
          api: { name: api },
        },
      },
      definition,
      templateName: '',
    },
    schemaVersion: '1.0.0.0',
  },
} as const;
