import type { QueueClient } from '@azure/storage-queue';
import { callUntilAnswered, type CallDependencies, type HttpAnswer } from './http-client';
import type { Endpoint, Sending, TrialRequest } from './trial-plan';

/** The answer that a caller got for one request. */
export interface Told {
  readonly requestId: string;
  readonly status: number;
  readonly meetingId: string | undefined;
}

/** A batch that was accepted: the requests of its rows, in their order. */
export interface SentBatch {
  readonly batchId: string;
  readonly requestIds: readonly string[];
}

export interface EndpointDependencies extends CallDependencies {
  readonly requests: QueueClient;
  readonly tell: (told: Told) => void;
  readonly onBatch: (batch: SentBatch) => void;
}

/** Sends requests through one endpoint; those that take one at a time get one at a time. */
type Send = (
  requests: readonly [TrialRequest, ...TrialRequest[]],
  deps: EndpointDependencies,
) => Promise<void>;

const toMessage = ({ requestId, organizer, meeting }: TrialRequest): object => ({
  requestId,
  organizer,
  meeting,
});

const meetingsOf = ({ organizer }: TrialRequest): string =>
  `api/v1.0/users/${encodeURIComponent(organizer)}/onlineMeetings`;

const idIn = (value: unknown): string | undefined => {
  const id = (value as { readonly id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id : undefined;
};

const sendToQueue = async (message: unknown, { requests }: EndpointDependencies): Promise<void> => {
  await requests.sendMessage(JSON.stringify(message), { messageTimeToLive: -1 });
};

export const endpoints: Readonly<
  Record<Endpoint, { readonly atOnce: number; readonly send: Send }>
> = {
  createMeeting: {
    atOnce: 1,
    send: async ([request], deps) => {
      const call = { path: 'api/createMeeting', body: toMessage(request) };
      deps.tell(toTold(request.requestId, await callUntilAnswered(call, deps)));
    },
  },
  createOnlineMeeting: {
    atOnce: 1,
    send: async ([request], deps) => {
      const headers = { 'Idempotency-Key': request.requestId };
      const call = { path: meetingsOf(request), body: request.meeting, headers };
      tellGraphs(request, await callUntilAnswered(call, deps), deps);
    },
  },
  createOrGetOnlineMeeting: {
    atOnce: 1,
    send: async ([request], deps) => {
      const body = { ...request.meeting, externalId: request.externalId };
      const call = { path: `${meetingsOf(request)}/createOrGet`, body };
      tellGraphs(request, await callUntilAnswered(call, deps), deps);
    },
  },
  queue: { atOnce: 1, send: ([request], deps) => sendToQueue(toMessage(request), deps) },
  queueArray: { atOnce: 8, send: (requests, deps) => sendToQueue(requests.map(toMessage), deps) },
  batch: { atOnce: 20, send: (requests, deps) => sendBatch('batch', requests, deps) },
  largeBatch: { atOnce: 250, send: (requests, deps) => sendBatch('large batch', requests, deps) },
};

async function sendBatch(
  kind: string,
  requests: readonly [TrialRequest, ...TrialRequest[]],
  deps: EndpointDependencies,
): Promise<void> {
  const headers = { 'Idempotency-Key': `${kind} of ${requests[0].requestId}` };
  const body = { requests: requests.map(toMessage) };
  const answer = await callUntilAnswered({ path: 'api/batches', body, headers }, deps);
  const { batchId } = (answer.body ?? {}) as { readonly batchId?: unknown };
  if (![200, 202].includes(answer.status) || typeof batchId !== 'string')
    throw new Error(`A batch was answered with ${answer.status}.`);
  deps.onBatch({ batchId, requestIds: requests.map(({ requestId }) => requestId) });
}

/** An answer in Convoke's own form. */
export const toTold = (requestId: string, { status, body }: HttpAnswer): Told => ({
  requestId,
  status,
  meetingId: idIn((body as { readonly meeting?: unknown } | undefined)?.meeting),
});

const tellGraphs = (
  { requestId }: TrialRequest,
  { status, body }: HttpAnswer,
  { tell }: EndpointDependencies,
): void => tell({ requestId, status, meetingId: idIn(body) });

/** The largest group is this share of all requests at most, so that a short trial has one too. */
const maxShareAtOnce = 0.18;

/** Endpoints that take several requests wait until they have enough; undefined until then. */
export function gather(
  waiting: Map<Endpoint, TrialRequest[]>,
  { endpoint, request }: Sending,
  total: number,
): readonly TrialRequest[] | undefined {
  const group = [...(waiting.get(endpoint) ?? []), request];
  const { atOnce } = endpoints[endpoint];
  const isFull = group.length >= Math.min(atOnce, Math.ceil(total * maxShareAtOnce));
  waiting.set(endpoint, isFull ? [] : group);
  return isFull ? group : undefined;
}
