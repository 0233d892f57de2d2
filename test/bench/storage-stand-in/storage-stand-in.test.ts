import { describeBlobs } from './blobs';
import { describeQueues } from './queues';
import { storages } from './storages';
import { describeTables } from './tables';

describe.each(storages)('%s', (_, useStorage) => {
  const storage = useStorage();
  describe('queues', () => {
    describeQueues(storage);
  });
  describe('tables', () => {
    describeTables(storage);
  });
  describe('blobs', () => {
    describeBlobs(storage);
  });
});
