import { app } from '@azure/functions';
import { background } from '../app';

// Every five minutes.
app.timer('resumeStalledBatches', {
  schedule: '0 */5 * * * *',
  handler: background('resumeStalledBatches'),
});
