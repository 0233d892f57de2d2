import { app, trigger } from '@azure/functions';
import { background } from '../app';
import { batchesQueue } from '../config/resource-names';

app.generic('runBatch', {
  trigger: trigger.generic({
    type: 'queueTrigger',
    dataType: 'binary',
    queueName: batchesQueue,
    connection: 'AzureWebJobsStorage',
  }),
  handler: background('runBatch'),
});
