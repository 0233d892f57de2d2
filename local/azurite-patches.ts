/** Where Azurite is installed. */
export const azuritePackage = require.resolve('azurite/package.json');

/** A module for Node's `--import`, which finds what Azurite loads. */
const patch = (script: string): string =>
  `data:text/javascript,${encodeURIComponent(`
    import { createRequire } from 'node:module';
    const load = createRequire(${JSON.stringify(azuritePackage)});
    ${script}`)}`;

/** Half of Azurite's start is to load the library of its telemetry, which is switched off here. */
export const quickStart = patch(`
  const telemetry = load.resolve('applicationinsights');
  load.cache[telemetry] = { id: telemetry, filename: telemetry, loaded: true, exports: {} };
`);

/**
 * Speeds up Azurite's lookups. Without it they take a third of its CPU in the tests, and most of it with ten thousand rows:
 * - Before it reads a queue, it removes expired messages. Even if there are none, LokiJS sorts every index again:
 *   https://github.com/techfort/LokiJS/blob/master/src/lokijs.js (`removeBatchByPositions`)
 * - It looks up a row first by its RowKey, which may be the same in all rows, and scans all rows for a query.
 *   By its PartitionKey first, both find the few rows of a partition.
 */
export const quickLookups = patch(`
  const { Collection, Resultset } = load('lokijs');
  const { findOne, removeBatchByPositions } = Collection.prototype;
  Collection.prototype.removeBatchByPositions = function (positions) {
    if (positions.length > 0) removeBatchByPositions.call(this, positions);
  };
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
`);

/**
 * Azurite writes each of its databases as a whole every five seconds, which with ten thousand rows is most of its time. With
 * this it does so only when it is closed: `close` saves where `autosave` is set, in the same file.
 */
export const savedWhenClosed = patch(`
  load('lokijs').prototype.autosaveEnable = function () { this.autosave = true; };
`);
