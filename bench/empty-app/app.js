// Functions that make no meeting: what they cost is what the host and the library cost.
const { app, trigger } = require('@azure/functions');

const answer = { status: 'created', meeting: { joinInformation: { content: 'x'.repeat(2000) } } };

app.http('createMeeting', {
  methods: ['POST'],
  handler: async (request) => {
    const { requestId } = await request.json();
    return { status: 201, jsonBody: { requestId, ...answer } };
  },
});

app.generic('processMeetingRequest', {
  trigger: trigger.generic({
    type: 'queueTrigger',
    dataType: 'binary',
    queueName: 'bench-empty',
    connection: 'AzureWebJobsStorage',
  }),
  handler: () => {},
});
