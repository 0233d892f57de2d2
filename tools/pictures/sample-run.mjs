import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const { QueueServiceClient } = require('@azure/storage-queue');
const { Stack } = require('../../dist/local/stack.js');

const [requests, milliseconds] = [240, 40_000];
const startDateTime = '2099-01-15T14:30:00Z';

/** Microsoft Graph on a bad day: slow, sometimes throttling, and once interrupting a call that cannot be repeated. */
const faults = {
  rules: [
    { match: { bodyIncludes: 'passcode' }, count: 1, fault: { kind: 'drop', when: 'after' } },
    {
      match: { bodyIncludes: 'busy' },
      fault: { kind: 'status', status: 429, retryAfterSeconds: 30 },
    },
    { probability: 0.08, seed: 1, fault: { kind: 'status', status: 429, retryAfterSeconds: 1 } },
    { fault: { kind: 'latency', ms: { median: 250, p95: 900 } } },
  ],
};

const isEnd = ({ event }) => event.startsWith('meeting.') || event === 'request.refused';

/**
 * Requests, some of which are throttled for long, wait for their organizer, or have an organizer without a policy; one
 * has a passcode.
 */
function request(place) {
  const isBusy = place % 60 === 40;
  const organizer =
    place % 30 === 7 ? 'no-policy' : isBusy ? 'chloe.martin' : place % 2 ? 'anna' : 'ben';
  const passcode = place === 20 && { joinMeetingIdSettings: { isPasscodeRequired: true } };
  return {
    requestId: `r-${place}`,
    organizer: `${organizer}@contoso.com`,
    durationMinutes: 30,
    meeting: {
      subject: isBusy ? 'busy' : passcode ? 'passcode' : `Meeting ${place}`,
      startDateTime,
      ...passcode,
    },
  };
}

/** The log lines of the app in a run against the simulators, each with its time. */
export async function sampleRun() {
  const lines = [];
  const stack = await Stack.start({
    onEvent: ({ type, message }) => {
      if (type === 'log' && message.startsWith('{"event"'))
        lines.push({ timestamp: Date.now(), ...JSON.parse(message) });
    },
  });
  try {
    stack.graph.setFaults(faults);
    const service = QueueServiceClient.fromConnectionString(stack.storage.connectionString);
    const queue = service.getQueueClient('meeting-requests');
    for (let place = 0; place < requests; place += 1) {
      await queue.sendMessage(JSON.stringify(request(place)));
      // The app's timer runs every five minutes; here it is called more often.
      if (place % 20 === 19) await measureQueues(stack);
      await sleep(milliseconds / requests);
    }
    for (let waited = 0; waited < 60 && lines.filter(isEnd).length < requests - 4; waited += 1)
      await sleep(1000);
    await measureQueues(stack);
    await sleep(1000);
    return lines;
  } finally {
    await stack.close();
  }
}

const measureQueues = ({ url }) =>
  fetch(`${url}/admin/functions/measureQueues`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
