import { app, trigger } from '@azure/functions';
import { queue } from '../app';
import { poisonQueue } from '../config/resource-names';

app.generic('processPoisonRequest', {
  trigger: trigger.generic({
    type: 'queueTrigger',
    dataType: 'binary',
    queueName: poisonQueue,
    connection: 'AzureWebJobsStorage',
  }),
  handler: queue((built) => built.processPoisonRequest),
});
