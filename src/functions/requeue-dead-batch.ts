import { app, trigger } from '@azure/functions';
import { background } from '../app';
import { batchesPoisonQueue } from '../config/resource-names';

app.generic('requeueDeadBatch', {
  trigger: trigger.generic({
    type: 'queueTrigger',
    dataType: 'binary',
    queueName: batchesPoisonQueue,
    connection: 'AzureWebJobsStorage',
  }),
  handler: background('requeueDeadBatch'),
});
