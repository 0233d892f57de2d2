import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueClient } from '@azure/storage-queue';
import { meetingRequest } from './requests';

/** How many calls to make in all, and by how many callers at once. */
interface Calling {
  readonly calls: number;
  readonly callers: number;
  /** Between the first call of one caller and that of the next, in milliseconds, so that they are not synchronized. */
  readonly staggerMs?: number;
}

/** Concurrent callers, each of which calls again as soon as it has its answer. Returns the durations in milliseconds. */
export async function callRepeatedly(
  call: () => Promise<void>,
  { calls, callers, staggerMs = 0 }: Calling,
): Promise<number[]> {
  const durations: number[] = [];
  let left = calls;
  const caller = async (_: unknown, index: number): Promise<void> => {
    if (staggerMs > 0) await sleep(index * staggerMs);
    while (left > 0) {
      left -= 1;
      const started = performance.now();
      await call();
      durations.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return durations;
}

/** Makes meetings over HTTP at the app's address; each caller sends one at a time. @throws Error if one is not created. */
export const createMeetings = (appUrl: string, calling: Calling): Promise<number[]> =>
  callRepeatedly(async () => {
    const status = await post(`${appUrl}/api/createMeeting`, meetingRequest());
    if (status !== 201) throw new Error(`createMeeting answered ${status}.`);
  }, calling);

const agent = new Agent({ keepAlive: true });

/** Sends JSON and resolves with the status once the answer is complete. */
export function post(
  url: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<number> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          ...headers,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(text),
        },
      },
      (answer) => {
        answer
          .on('end', () => resolve(answer.statusCode ?? 0))
          .on('error', reject)
          .resume();
      },
    );
    outgoing
      .on('error', (error: NodeJS.ErrnoException) => {
        // Closed by the other side while it was idle: https://nodejs.org/api/http.html#requestreusedsocket
        const isStale = outgoing.reusedSocket && error.code === 'ECONNRESET';
        if (isStale) resolve(post(url, body, headers));
        else reject(error);
      })
      .end(text);
  });
}

/** Puts requests on a queue. */
export async function enqueue(queue: QueueClient, count: number, senders = 16): Promise<void> {
  await callRepeatedly(
    async () => {
      await queue.sendMessage(JSON.stringify(meetingRequest()));
    },
    { calls: count, callers: senders },
  );
}
