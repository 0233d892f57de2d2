import { nobody } from '../definition/owner';
import { swaggerDocument } from '../definition/swagger';
import { type Json, isObject } from './flow-definition';

interface Known {
  readonly title: string;
  readonly colour: string;
  /** Titles of operations by method and last word of the path. */
  readonly operations: Readonly<Record<string, string>>;
  /** Titles of fields by the word before the value in a path, or by the name of a query. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The operations of Microsoft's connectors in the samples: https://learn.microsoft.com/connectors/connector-reference */
const known: Readonly<Record<string, Known>> = {
  excelonlinebusiness: {
    title: 'Excel Online (Business)',
    colour: '#107c41',
    operations: { 'get items': 'List rows present in a table', 'patch items': 'Update a row' },
    fields: {
      source: 'Location',
      drives: 'Document Library',
      files: 'File',
      tables: 'Table',
      idColumn: 'Key Column',
      items: 'Key Value',
    },
  },
  sharepointonline: {
    title: 'SharePoint',
    colour: '#036c70',
    operations: { 'get onnewitems': 'When an item is created', 'patch items': 'Update item' },
    fields: { datasets: 'Site Address', tables: 'List Name', items: 'Id' },
  },
  azurequeues: {
    title: 'Azure Queues',
    colour: '#0072c6',
    operations: {
      'post messages': 'Put a message on a queue',
      'get message_trigger': 'When there are messages in a queue',
      'delete messages': 'Delete message',
    },
    fields: {
      storageAccounts: 'Storage account',
      queues: 'Queue Name',
      messages: 'Message ID',
      popreceipt: 'Pop Receipt',
      visibilitytimeout: 'Visibility Timeout',
    },
  },
};

export interface Call {
  readonly operation: string;
  readonly colour: string;
  readonly fields: readonly (readonly [string, unknown])[];
}

/** The call of a managed connector. @throws Error for a connector, an operation or a field that is not in the table. */
export function managedCall(inputs: Json): Call {
  const connection = JSON.stringify(inputs['host']);
  const connector = /\$connections'\)\['(\w+)'\]/.exec(connection)?.[1] ?? '';
  const { title, colour, operations, fields } = found(known, connector);
  const segments = String(inputs['path']).split('/').filter(Boolean);
  const last = segments.findLast((segment) => !segment.startsWith('@'));
  return {
    operation: `${title} · ${found(operations, `${String(inputs['method'])} ${last}`)}`,
    colour,
    fields: [...inPath(segments), ...Object.entries(objectOr(inputs['queries']))].map(
      ([name, value]) => [found(fields, name), value],
    ),
  };
}

/** Each value in a path with the word before it, without the function that encodes it. */
function inPath(segments: readonly string[]): [string, string][] {
  return segments.flatMap((segment, place): [string, string][] =>
    segment.startsWith('@{') ? [[segments[place - 1] ?? '', innermost(segment)]] : [],
  );
}

function innermost(segment: string): string {
  let expression = segment.slice(2, -1);
  while (expression.startsWith('encodeURIComponent('))
    expression = expression.slice('encodeURIComponent('.length, -1);
  return /^'[^']*'$/.test(expression) ? expression.slice(1, -1) : `@${expression}`;
}

interface Schema {
  readonly 'x-ms-summary'?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly (Schema & {
    readonly name: string;
    readonly schema?: Schema;
  })[];
}

/** The call of Convoke's own connector: titles are those of its definition. @throws Error when it has no such operation or field. */
export function ownCall({ host, parameters }: Json, colour: string): Call {
  const { operationId } = host as { readonly operationId: string };
  const { paths } = swaggerDocument('function-key', nobody) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const operation = operations.find((each) => each.operationId === operationId);
  if (operation === undefined) throw new Error(`The connector has no ${operationId}.`);
  return {
    operation: `Convoke Meetings · ${operation.summary}`,
    colour,
    fields: Object.entries(objectOr(parameters)).map(([path, value]) => [
      titleIn(operation, path),
      value,
    ]),
  };
}

/** A field of a body is named by its path: `body/meeting/subject`. */
function titleIn({ parameters }: Operation, path: string): string {
  const [first, ...names] = path.split('/');
  const parameter = parameters.find(({ name }) => name === first);
  let field: Schema | undefined = names.length === 0 ? parameter : parameter?.schema;
  for (const name of names) field = field?.properties?.[name];
  const title = field?.['x-ms-summary'];
  if (title === undefined) throw new Error(`The connector has no field ${path}.`);
  return title;
}

const objectOr = (value: unknown): Json => (isObject(value) ? value : {});

function found<T>(table: Readonly<Record<string, T>>, name: string): T {
  const value = table[name];
  if (value === undefined) throw new Error(`How ${name} is shown is not known.`);
  return value;
}
