import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueClient } from '@azure/storage-queue';
import { toList, toListOfAction, toSheet } from './batch-bodies';
import {
  callUntilAnswered,
  type CallDependencies,
  type HttpAnswer,
  type HttpCall,
} from './http-client';
import { toGraphCallerAnswer, toCallerAnswer, type CallerAnswer } from './caller-answer';
import { bodyOf, type Item } from '../plan/changes';
import type { Endpoint } from '../plan/trial-plan';
import type { TrialRequest } from '../plan/trial-request';

/** An accepted batch: the requests of its rows, in order. */
export interface SentBatch {
  readonly batchId: string;
  readonly requestIds: readonly string[];
}

export interface EndpointDependencies extends CallDependencies {
  readonly requests: Pick<QueueClient, 'sendMessage'>;
  readonly tell: (answer: CallerAnswer) => void;
  readonly onBatch: (batch: SentBatch) => void;
}

/** Sends items to one endpoint, one by one if it takes only one. */
type Send = (items: readonly [Item, ...Item[]], deps: EndpointDependencies) => Promise<void>;

interface Sender {
  readonly atOnce: number;
  readonly send: Send;
}

const one = (toCall: (item: Item) => HttpCall, tell = tellOurs): Sender => ({
  atOnce: 1,
  send: async ([item], deps) => tell(item, await callOnceThere(toCall(item), deps), deps),
});

const batch = (atOnce: number, toCall: (items: readonly Item[]) => HttpCall): Sender => ({
  atOnce,
  send: (items, deps) => sendBatch(items, toCall(items), deps),
});

/** How items are sent to each endpoint, and how many at once. */
export const endpoints: Readonly<Record<Endpoint, Sender>> = {
  createMeeting: one((item) => ({ path: 'api/createMeeting', body: bodyOf(item) })),
  patch: one(({ request, change }) => {
    const { revision, sets: meeting } = change ?? {};
    return { method: 'PATCH', path: addressOf(request), body: { revision, meeting } };
  }),
  delete: one(({ request, change }) => {
    const path = `${addressOf(request)}?revision=${change?.revision}`;
    return { method: 'DELETE', path };
  }),
  createOnlineMeeting: one(({ request }) => {
    const headers = { 'Idempotency-Key': request.requestId };
    return { path: meetingsOf(request), body: request.meeting, headers };
  }, tellGraphs),
  createOrGetOnlineMeeting: one(({ request }) => {
    const { meeting, externalId } = request;
    return { path: `${meetingsOf(request)}/createOrGet`, body: { ...meeting, externalId } };
  }, tellGraphs),
  queue: { atOnce: 1, send: ([item], deps) => sendToQueue(bodyOf(item), deps) },
  queueArray: { atOnce: 8, send: (items, deps) => sendToQueue(items.map(bodyOf), deps) },
  batch: batch(20, toList),
  sheet: batch(20, toSheet),
  byAction: batch(10, toListOfAction),
  largeBatch: batch(250, toList),
};

const addressOf = ({ requestId }: TrialRequest): string =>
  `api/requests/${encodeURIComponent(requestId)}`;

const meetingsOf = ({ organizer = '' }: TrialRequest): string =>
  `api/v1.0/users/${encodeURIComponent(organizer)}/onlineMeetings`;

function tellOurs({ request, change }: Item, answer: HttpAnswer, deps: EndpointDependencies): void {
  deps.tell(toCallerAnswer({ requestId: request.requestId, revision: change?.revision }, answer));
}

function tellGraphs({ request }: Item, answer: HttpAnswer, deps: EndpointDependencies): void {
  deps.tell(toGraphCallerAnswer(request.requestId, answer));
}

/** Number of tries, and the delay in milliseconds, of a change whose request has not arrived yet. */
const triesBefore = 4;
const beforeMs = 1_000;

async function callOnceThere(call: HttpCall, deps: EndpointDependencies): Promise<HttpAnswer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await callUntilAnswered(call, deps);
    if (answer.status !== 404 || tries === triesBefore) return answer;
    await sleep(beforeMs, undefined, { signal: deps.signal });
  }
}

const pauseMs = 500;

/** Sends again whatever storage has not confirmed, because it is sometimes unavailable. */
async function sendToQueue(
  message: unknown,
  { requests, signal }: EndpointDependencies,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      await requests.sendMessage(JSON.stringify(message), { messageTimeToLive: -1 });
      return;
    } catch {
      await sleep(pauseMs, undefined, { signal });
    }
  }
}

async function sendBatch(
  items: readonly Item[],
  call: HttpCall,
  deps: EndpointDependencies,
): Promise<void> {
  const headers = { ...call.headers, 'Idempotency-Key': randomUUID() };
  const { status, body } = await callUntilAnswered({ ...call, headers }, deps);
  const { batchId } = (body ?? {}) as { readonly batchId?: unknown };
  if (![200, 202].includes(status) || typeof batchId !== 'string')
    throw new Error(`A batch was answered with ${status}: ${JSON.stringify(body)}`);
  deps.onBatch({ batchId, requestIds: items.map(({ request }) => request.requestId) });
}
