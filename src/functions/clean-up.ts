import { app } from '@azure/functions';
import { background } from '../app';

// Every hour, at an odd minute.
app.timer('cleanUp', {
  schedule: '0 17 * * * *',
  handler: background('cleanUp'),
});
