// Functions that do nothing: what they cost is what the host and the library cost.
const { app, trigger } = require('@azure/functions');

app.http('createMeeting', { methods: ['POST'], handler: () => ({ status: 204 }) });

app.generic('processMeetingRequest', {
  trigger: trigger.generic({
    type: 'queueTrigger',
    dataType: 'binary',
    queueName: 'bench-empty',
    connection: 'AzureWebJobsStorage',
  }),
  handler: () => {},
});
