import { app } from '@azure/functions';
import { queue } from '../app';

// Every hour, at an odd minute.
app.timer('cleanUp', {
  schedule: '0 17 * * * *',
  handler: queue((built) => built.batches.cleanUp),
});
