/** Where Azurite is installed. */
export const azuritePackage = require.resolve('azurite/package.json');

/**
 * A module for Node's `--import` that makes Azurite fast with some ten thousand rows, where each call would take tens
 * of milliseconds:
 * - It writes each of its databases as a whole every five seconds. `close` saves where `autosave` is set:
 * https://github.com/techfort/LokiJS/blob/master/src/lokijs.js
 * - It looks up a row first by its RowKey, which may be the same in all rows, and scans all rows for a query. By its
 * PartitionKey first, both find the few rows of a partition.
 */
export const largeStorage = `data:text/javascript,${encodeURIComponent(`
  import { createRequire } from 'node:module';
  const load = createRequire(${JSON.stringify(azuritePackage)});
  const { prototype, Collection, Resultset } = load('lokijs');
  prototype.autosaveEnable = function () { this.autosave = true; };

  const { findOne } = Collection.prototype;
  Collection.prototype.findOne = function ({ PartitionKey, ...others } = {}) {
    return findOne.call(this, PartitionKey === undefined ? others : { PartitionKey, ...others });
  };

  const queries = load('./dist/src/table/persistence/LokiTableStoreQueryGenerator').default;
  const { generateQueryForPersistenceLayer } = queries;
  const partitions = new WeakMap();
  queries.generateQueryForPersistenceLayer = (options, context) => {
    const isFound = generateQueryForPersistenceLayer(options, context);
    let outer, inner = options.filter ?? '';
    do [outer, inner] = [inner, inner.replace(/\\([^()]*\\)/g, '')]; while (inner !== outer);
    const ofOne = /^PartitionKey eq '((?:[^']|'')+)'/.exec(outer);
    if (ofOne !== null && !outer.includes(' or '))
      partitions.set(isFound, ofOne[1].replaceAll("''", "'"));
    return isFound;
  };
  const { where } = Resultset.prototype;
  Resultset.prototype.where = function (isFound) {
    const PartitionKey = partitions.get(isFound);
    return where.call(PartitionKey === undefined ? this : this.find({ PartitionKey }), isFound);
  };
`)}`;
