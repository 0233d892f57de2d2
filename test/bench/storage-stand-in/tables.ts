import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import { all } from '../../support/harness/all';
import type { StorageAccount } from '../../../local/storage';
import { clientsOf, outcomeOf } from './outcomes';

const key = { partitionKey: "a 'quoted' key, é", rowKey: '1' };

/** Defines the tests of the table service, for Azurite and the stand-in alike. */
export function describeTables(storage: StorageAccount): void {
  async function newTable(name: string): Promise<TableClient> {
    const table = clientsOf(storage).table(name);
    await table.createTable();
    return table;
  }

  const read = (table: TableClient, { partitionKey, rowKey } = key) =>
    table.getEntity(partitionKey, rowKey);

  test('a table is made once, and is not there before and after', async () => {
    const table = clientsOf(storage).table('Made');
    expect(await outcomeOf(table.createEntity(key))).toBe('404 TableNotFound');
    expect(await outcomeOf(all(table.listEntities()))).toBe('404 TableNotFound');
    const insert: TransactionAction = ['create', key];
    expect(await outcomeOf(table.submitTransaction([insert]))).toBe('404 TableNotFound');
    await table.createTable();
    await table.createTable();
    expect(await outcomeOf(table.submitTransaction([insert]))).toBe('done');
    await table.deleteTable();
    expect(await outcomeOf(table.createEntity(key))).toBe('404 TableNotFound');
  });

  test('a row keeps what it is given, and is inserted once', async () => {
    const table = await newTable('Inserted');
    const columns = { text: 'é 🎓 "\n', count: 17, share: 0.5, yes: true };
    const { etag } = await table.createEntity({ ...key, ...columns });

    expect(etag).toEqual(expect.any(String));
    expect(await read(table)).toMatchObject({ ...key, ...columns, etag });
    const { timestamp } = await read(table);
    expect(Math.abs(Date.parse(String(timestamp)) - Date.now())).toBeLessThan(60_000);
    expect(await outcomeOf(table.createEntity(key))).toBe('409 EntityAlreadyExists');
    expect(await outcomeOf(read(table, { ...key, rowKey: '2' }))).toBe('404 ResourceNotFound');
  });

  test('a conditional write needs the current ETag', async () => {
    const table = await newTable('Conditions');
    const { etag: first = '' } = await table.createEntity({ ...key, a: 1, b: 1 });
    const { etag: second = '' } = await table.updateEntity({ ...key, a: 2 }, 'Merge', {
      etag: first,
    });

    expect(second).not.toBe(first);
    expect(await read(table)).toMatchObject({ a: 2, b: 1, etag: second });
    const late = (mode: 'Merge' | 'Replace') =>
      outcomeOf(table.updateEntity({ ...key, a: 3 }, mode, { etag: first }));
    expect(await late('Merge')).toBe('412 UpdateConditionNotSatisfied');
    expect(await late('Replace')).toBe('412 UpdateConditionNotSatisfied');
    await table.updateEntity({ ...key, a: 4 }, 'Replace', { etag: second });
    expect(await read(table)).not.toHaveProperty('b');
    const remove = (etag: string) =>
      outcomeOf(table.deleteEntity(key.partitionKey, key.rowKey, { etag }));
    expect(await remove(second)).toBe('412 UpdateConditionNotSatisfied');
    expect(await remove('*')).toBe('done');
    expect(await remove('*')).toBe('404 ResourceNotFound');
    expect(await outcomeOf(table.updateEntity(key, 'Replace', { etag: '*' }))).toBe(
      '404 ResourceNotFound',
    );
  });

  test('an upsert merges or replaces', async () => {
    const table = await newTable('Upserts');
    await table.upsertEntity({ ...key, a: 1, b: 1 }, 'Merge');
    await table.upsertEntity({ ...key, a: 2 }, 'Merge');
    expect(await read(table)).toMatchObject({ a: 2, b: 1 });
    await table.upsertEntity({ ...key, a: 3 }, 'Replace');
    expect(await read(table)).not.toHaveProperty('b');
  });

  test('a transaction does all or nothing', async () => {
    const table = await newTable('Transactions');
    const row = (rowKey: string, a = 1) => ({ ...key, rowKey, a });
    const { etag = '' } = await table.createEntity(row('1'));
    const { subResponses } = await table.submitTransaction([
      ['update', row('1', 2), 'Replace', { etag }],
      ['create', row('2')],
      ['upsert', row('3'), 'Merge'],
    ]);
    expect(subResponses.map(({ status }) => status)).toEqual([204, 204, 204]);
    const { etag: next } = await read(table);
    expect(subResponses[0]?.etag?.trim()).toBe(next);

    const refused = async (...actions: TransactionAction[]) => [
      await outcomeOf(table.submitTransaction([['upsert', row('1', 9), 'Replace'], ...actions])),
      (await read(table))['a'],
    ];
    expect(await refused(['create', row('2')])).toEqual(['409 EntityAlreadyExists', 2]);
    expect(await refused(['update', row('3'), 'Merge', { etag }])).toEqual([
      '412 UpdateConditionNotSatisfied',
      2,
    ]);
    expect(await refused(['delete', row('4')])).toEqual(['404 ResourceNotFound', 2]);
    await table.submitTransaction([
      ['delete', row('1')],
      ['delete', row('2')],
    ]);
    expect((await all(table.listEntities())).map(({ rowKey }) => rowKey)).toEqual(['3']);
  });

  test('a filter finds its rows, in the order of their keys', async () => {
    const table = await newTable('Filters');
    for (const [partitionKey, rowKey, columns] of [
      ['b', '1', { text: "it's (a) 'and' b", yes: true }],
      ['a', '2', { count: 2, yes: false }],
      ['a', '1', { count: 1 }],
      ['a', '10', {}],
    ] as const)
      await table.createEntity({ partitionKey, rowKey, ...columns });
    const find = async (filter: string): Promise<string> =>
      (await all(table.listEntities({ queryOptions: { filter } })))
        .map(({ partitionKey = '', rowKey = '' }) => partitionKey + rowKey)
        .join(' ');
    const hour = 3_600_000;

    expect(await find(odata`PartitionKey eq ${'a'}`)).toBe('a1 a10 a2');
    expect(
      await find(odata`PartitionKey eq ${'a'} and (RowKey eq ${'1'} or RowKey eq ${'2'})`),
    ).toBe('a1 a2');
    expect(await find(odata`PartitionKey eq ${'a'} or RowKey eq ${'1'}`)).toBe('a1 a10 a2 b1');
    expect(await find(odata`RowKey gt ${'1'} and RowKey lt ${'2'}`)).toBe('a10');
    expect(await find(odata`RowKey ge ${'10'} and RowKey le ${'2'}`)).toBe('a10 a2');
    expect(await find(odata`text eq ${"it's (a) 'and' b"}`)).toBe('b1');
    expect(await find(odata`count ge 1 and yes eq false`)).toBe('a2');
    expect(await find(odata`Timestamp lt ${new Date(Date.now() - hour)}`)).toBe('');
    expect(await find(odata`Timestamp lt ${new Date(Date.now() + hour)}`)).toBe('a1 a10 a2 b1');
  });

  test('rows come in pages, with the columns that are selected', async () => {
    const table = await newTable('Pages');
    for (const rowKey of ['1', '2', '3', '4', '5'])
      await table.createEntity({ partitionKey: 'é', rowKey, a: 1, b: 1 });
    const queryOptions = { select: ['RowKey', 'a'] };
    const pages = table.listEntities({ queryOptions }).byPage({ maxPageSize: 2 });
    const sizes: number[] = [];
    let token: string | undefined;
    for await (const page of pages) {
      sizes.push(page.length);
      token ??= page.continuationToken;
    }
    expect(sizes).toEqual([2, 2, 1]);
    const rest = table.listEntities({ queryOptions });
    const [next] = await all(rest.byPage({ maxPageSize: 2, continuationToken: token ?? '' }));
    expect(next?.map(({ rowKey, a, b, etag }) => [rowKey, a, b, typeof etag])).toEqual([
      ['3', 1, undefined, 'string'],
      ['4', 1, undefined, 'string'],
    ]);
  });
}
