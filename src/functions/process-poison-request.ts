import { app, trigger } from '@azure/functions';
import { background } from '../app';
import { poisonQueue } from '../config/resource-names';

app.generic('processPoisonRequest', {
  trigger: trigger.generic({
    type: 'queueTrigger',
    dataType: 'binary',
    queueName: poisonQueue,
    connection: 'AzureWebJobsStorage',
  }),
  handler: background('processPoisonRequest'),
});
