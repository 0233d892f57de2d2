import type { QueueClient } from '@azure/storage-queue';
import { callUntilAnswered, type HttpAnswer } from './http-client';
import type { Endpoint, Sending, TrialRequest } from './trial-plan';

/** The answer that a caller got for one request. */
export interface Told {
  readonly requestId: string;
  readonly status: number;
  readonly meetingId: string | undefined;
}

export interface EndpointDependencies {
  readonly requests: QueueClient;
  /** Base URL of an instance, another one each time. */
  readonly url: () => string;
  readonly signal: AbortSignal;
  readonly tell: (told: Told) => void;
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
  `v1.0/users/${encodeURIComponent(organizer)}/onlineMeetings`;

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
      const { status, body } = await callUntilAnswered(
        { path: 'createMeeting', body: toMessage(request) },
        deps,
      );
      deps.tell({
        requestId: request.requestId,
        status,
        meetingId: idIn((body as { meeting?: unknown }).meeting),
      });
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
  batch: {
    atOnce: 20,
    send: async (requests, deps) => {
      const [{ requestId }] = requests;
      const headers = { 'Idempotency-Key': `batch of ${requestId}` };
      const body = { requests: requests.map(toMessage) };
      const { status } = await callUntilAnswered({ path: 'batches', body, headers }, deps);
      if (status !== 202) throw new Error(`A batch was answered with ${status}.`);
    },
  },
};

const tellGraphs = (
  { requestId }: TrialRequest,
  { status, body }: HttpAnswer,
  { tell }: EndpointDependencies,
): void => tell({ requestId, status, meetingId: idIn(body) });

/** Endpoints that take several requests wait until they have enough; undefined until then. */
export function gather(
  waiting: Map<Endpoint, TrialRequest[]>,
  { endpoint, request }: Sending,
): readonly TrialRequest[] | undefined {
  const group = [...(waiting.get(endpoint) ?? []), request];
  const isFull = group.length >= endpoints[endpoint].atOnce;
  waiting.set(endpoint, isFull ? [] : group);
  return isFull ? group : undefined;
}
