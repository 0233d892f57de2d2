import { managedCall, ownCall, type Call } from './connectors';
import { condition } from './expressions';
import { isObject, type Json, type Step } from './flow-definition';

const convoke = '#4b53bc';

const inColour =
  (colour: string, connector = '') =>
  (operation: string, fields: Call['fields']): Call => ({
    operation: `${connector}${operation}`,
    colour,
    fields,
  });
const control = inColour('#484f58');
const data = inColour('#770bd6', 'Data Operation · ');
const http = inColour('#1f6feb');
const functions = inColour(convoke, 'Azure Functions · ');

/** By type: https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-actions-triggers */
const calls: Readonly<Record<string, (inputs: Json, step: Step) => Call>> = {
  Recurrence: (_, { recurrence }) => control('Schedule', [['Every', every(recurrence)]]),
  Request: ({ schema }, { kind }) =>
    kind === 'Button'
      ? control('Manually trigger a flow', [['Asks for', titlesIn(schema)]])
      : control('When an HTTP request is received', [['Expects', namesIn(schema)]]),
  Scope: () => control('Scope', []),
  If: (_, { expression }) => control('Condition', [['If', condition(expression)]]),
  Foreach: (_, { foreach }) => control('For each', [['Of', foreach]]),
  Query: ({ from, where }) => data('Filter array', Object.entries({ From: from, Where: where })),
  Select: ({ from, select }) => data('Select', Object.entries({ From: from, Map: select })),
  Compose: (_, { inputs }) => data('Compose', [['Inputs', inputs]]),
  ParseJson: ({ content, schema }) =>
    data('Parse JSON', [
      ['Content', content],
      ['Properties', namesIn(schema)],
    ]),
  Http: ({ method, uri, headers, body }) =>
    http('HTTP', Object.entries({ Method: method, URI: uri, Headers: headers, Body: body })),
  Function: ({ body }) => functions('createMeeting', [['', body]]),
  ApiConnection: (inputs) => {
    const { fields, ...call } = managedCall(inputs);
    const { body } = inputs;
    return { ...call, fields: [...fields, [isObject(body) ? '' : 'Message', body]] };
  },
  OpenApiConnection: (inputs) => ownCall(inputs, convoke),
};

/** The call of a step and its inputs. @throws Error for a type that no sample has. */
export function callOf(step: Step): Call {
  const call = calls[step.type];
  if (call === undefined) throw new Error(`How a step of type ${step.type} is shown is not known.`);
  return call(isObject(step.inputs) ? step.inputs : {}, step);
}

/** Returns the interval of a recurrence in words, such as `3 hours`; a day by default. */
export const every = ({ interval, frequency } = { interval: 1, frequency: 'Day' }): string =>
  `${interval} ${frequency.toLowerCase()}${interval === 1 ? '' : 's'}`;

const titlesIn = (schema: unknown): string =>
  Object.values(propertiesIn(schema))
    .map(({ title }) => String(title))
    .join(', ');

const namesIn = (schema: unknown): string => Object.keys(propertiesIn(schema)).join(', ');

const propertiesIn = (schema: unknown): Readonly<Record<string, Json>> =>
  (isObject(schema) ? schema['properties'] : {}) as Readonly<Record<string, Json>>;
