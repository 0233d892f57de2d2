import { app, trigger } from '@azure/functions';
import { background } from '../app';
import { requestsQueue } from '../config/resource-names';

// Binary, so that no message can fail before it reaches the handler: the library would parse text as JSON. It would
// also parse the text that the host adds to the metadata; `leaveOutMessageText` removes that.
app.generic('processMeetingRequest', {
  trigger: trigger.generic({
    type: 'queueTrigger',
    dataType: 'binary',
    queueName: requestsQueue,
    connection: 'AzureWebJobsStorage',
  }),
  handler: background('processMeetingRequest'),
});
