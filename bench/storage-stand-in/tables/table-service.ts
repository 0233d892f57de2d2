import { StorageFault, unsupported, type Answer, type Call } from '../protocol';
import { json, query, rowAnswer } from './query';
import { Table, type Columns, type Key, type Write } from './table';
import { failedTransaction, parseTransaction, transactionAnswer, type Part } from './transaction';

/** https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api */
export function makeTableService(): (call: Call) => Answer {
  const tables = new Map<string, Table>();

  function find(name: string): Table {
    const table = tables.get(name);
    if (table === undefined) throw new StorageFault(404, 'TableNotFound');
    return table;
  }

  function create({ body }: Call): Answer {
    const { TableName: name } = JSON.parse(body.toString()) as { TableName: string };
    if (tables.has(name)) throw new StorageFault(409, 'TableAlreadyExists');
    tables.set(name, new Table());
    return { status: 201, headers: json, body: JSON.stringify({ TableName: name }) };
  }

  function remove(name: string): Answer {
    if (!tables.delete(name)) throw new StorageFault(404, 'ResourceNotFound');
    return { status: 204 };
  }

  function transact({ body }: Call): Answer {
    const parts = parseTransaction(body.toString());
    const table = find(parseTarget(parts[0]?.target ?? '').table);
    try {
      return transactionAnswer(table.write(parts.map(toWrite)));
    } catch (thrown) {
      if (thrown instanceof StorageFault) return failedTransaction(thrown);
      throw thrown;
    }
  }

  return (call) => {
    const { method, headers } = call;
    const [target = ''] = call.path;
    if (target === '$batch') return transact(call);
    if (target === 'Tables' && method === 'POST') return create(call);
    const deleted = /^Tables\('(.*)'\)$/.exec(target)?.[1];
    if (deleted !== undefined && method === 'DELETE') return remove(deleted);
    const { table, key } = parseTarget(target);
    if (method === 'GET')
      return key === undefined ? query(call, find(table)) : rowAnswer(call, find(table).find(key));
    if (!(method in kinds)) throw unsupported(call);
    const part = { method, target, ifMatch: headers['if-match'], body: call.body.toString() };
    const [row] = find(table).write([toWrite(part)]);
    return { status: 204, headers: row === undefined ? {} : { etag: row['odata.etag'] } };
  };
}

const kinds: Readonly<Record<string, Write['kind']>> = {
  POST: 'insert',
  PUT: 'replace',
  PATCH: 'merge',
  MERGE: 'merge',
  DELETE: 'delete',
};

function toWrite({ method, target, ifMatch, body }: Part): Write {
  const columns = (body === '' ? {} : JSON.parse(body)) as Columns;
  const { key = keyIn(columns) } = parseTarget(target);
  return { kind: kinds[method] ?? 'insert', ...key, ifMatch, columns };
}

const keyIn = ({ PartitionKey, RowKey }: Columns): Key => ({
  partitionKey: String(PartitionKey),
  rowKey: String(RowKey),
});

const keys = /^PartitionKey='((?:[^']|'')*)',RowKey='((?:[^']|'')*)'$/s;

/** Such as `Rows`, `Rows()`, or `Rows(PartitionKey='a',RowKey='b')`, in which a quote stands twice. */
function parseTarget(target: string): { readonly table: string; readonly key?: Key } {
  const [, table = '', inner = ''] = /^(\w+)(?:\((.*)\))?$/s.exec(target) ?? [];
  const [, partitionKey, rowKey] = keys.exec(inner) ?? [];
  if (partitionKey === undefined || rowKey === undefined) return { table };
  const unquote = (text: string): string => text.replaceAll("''", "'");
  return { table, key: { partitionKey: unquote(partitionKey), rowKey: unquote(rowKey) } };
}
