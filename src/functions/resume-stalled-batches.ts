import { app } from '@azure/functions';
import { queue } from '../app';

// Every five minutes.
app.timer('resumeStalledBatches', {
  schedule: '0 */5 * * * *',
  handler: queue((built) => built.batches.resumeStalledBatches),
});
