import { app } from '@azure/functions';
import { background } from '../app';

// Every five minutes, between the runs of the other timers.
app.timer('measureQueues', {
  schedule: '30 2-59/5 * * * *',
  handler: background('measureQueues'),
});
