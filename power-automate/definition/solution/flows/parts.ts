/** The reference to the connector in every flow of the solution; an import asks for its connection. */
export const connectionReference = {
  logicalName: 'convoke_shared_meetings',
  title: 'Convoke Meetings',
  /** The id differs in each environment; an import finds it by the connector in the solution. */
  apiId: '/providers/Microsoft.PowerApps/apis/shared_convoke-5fmeetings',
} as const;

const api = 'shared_convoke-5fmeetings';

export interface Flow {
  /** A fixed GUID, so that a newer version replaces an older one. */
  readonly id: string;
  readonly title: string;
  readonly triggers: Readonly<Record<string, object>>;
  readonly actions: Readonly<Record<string, object>>;
}

/** The file of a flow: https://learn.microsoft.com/power-automate/manage-flows-with-code#clientdata */
export const contentOf = ({ triggers, actions }: Flow): object => ({
  properties: {
    connectionReferences: {
      [api]: {
        runtimeSource: 'embedded',
        connection: { connectionReferenceLogicalName: connectionReference.logicalName },
        api: { name: api },
      },
    },
    definition: {
      $schema:
        'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
      contentVersion: '1.0.0.0',
      parameters: {
        $connections: { defaultValue: {}, type: 'Object' },
        $authentication: { defaultValue: {}, type: 'SecureObject' },
      },
      triggers,
      actions,
      outputs: {},
    },
    templateName: '',
  },
  schemaVersion: '1.0.0.0',
});

/** A call of the connector, with parameters by name and body properties by path. */
export const call = (
  operationId: string,
  parameters: Readonly<Record<string, unknown>>,
): object => ({
  type: 'OpenApiConnection',
  inputs: {
    host: { apiId: connectionReference.apiId, connectionName: api, operationId },
    parameters,
    authentication: "@parameters('$authentication')",
  },
});

/** Runs a step once another one has succeeded. */
export const after = (action: string): object => ({ runAfter: { [action]: ['Succeeded'] } });
export const atFirst = { runAfter: {} };

/**
 * The inputs that a flow asks for when a person starts it, each with title and description. The first is `text`, then
 * `text_1` and so on.
 */
export const startedByHand = (...inputs: readonly (readonly [string, string])[]): object => {
  const properties = inputs.map(([title, description], place) => [
    place === 0 ? 'text' : `text_${place}`,
    {
      title,
      type: 'string',
      'x-ms-dynamically-added': true,
      'x-ms-content-hint': 'TEXT',
      description,
    },
  ]);
  const schema = {
    type: 'object',
    properties: Object.fromEntries(properties) as object,
    required: properties.map(([name]) => name),
  };
  return { type: 'Request', kind: 'Button', inputs: { schema } };
};
