import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Batch } from '../../../batches/batch';
import { isFinished, retryAfterSeconds, statusOf } from '../../../batches/results/batch-status';
import { outcomesOf } from '../../../batches/run/run-batch';
import { batchNotFound, findBatch } from '../../../batches/move-batch';
import type { BatchLedger, BatchProgress } from '../../../batches/ports';
import { isTokenOf } from '../../../batches/tokens';
import type { HttpDependencies } from '../response';

/** How a caller is authorized: by the function key, or by the token in the address, which is valid for this batch only. */
export type BatchAccess = 'key' | 'token';

export interface ReadDependencies extends HttpDependencies {
  readonly batches: BatchLedger;
  readonly progress: BatchProgress;
}

/** @throws MeetingError `batchNotFound`, also for a wrong token, so that strangers learn nothing. */
export async function batchOf(
  request: HttpRequest,
  access: BatchAccess,
  { batches }: Pick<ReadDependencies, 'batches'>,
): Promise<Batch> {
  const { batch } = await findBatch(batches, request.params['batchId'] ?? '');
  if (access === 'token' && !isTokenOf(batch, request.params['token'] ?? '')) throw batchNotFound();
  return batch;
}

/** Addresses of one batch. Without a token they need the function key. */
interface BatchUrls {
  readonly status: string;
  readonly results: string;
}

/**
 * Absolute addresses, as Power Automate and Logic Apps need them. The part before `/batches` comes from the call; the
 * host ignores the case of its path.
 */
export function urlsOf(
  request: HttpRequest,
  batchId: string,
  token = request.params['token'],
): BatchUrls {
  const { origin, pathname } = new URL(request.url);
  const batches = `${origin}${pathname.slice(0, pathname.search(/\/batches(\/|$)/i))}/batches/${batchId}`;
  const status = token === undefined ? batches : `${batches}/status/${token}`;
  return { status, results: `${status}/results` };
}

/**
 * The progress of a batch: 202 with `Location` until it is finished, so that asynchronous clients keep polling.
 * https://learn.microsoft.com/azure/logic-apps/connectors/connectors-native-http#asynchronous-request-response-behavior
 */
export async function answerStatus(
  batch: Batch,
  urls: BatchUrls,
  deps: ReadDependencies,
): Promise<HttpResponseInit> {
  const now = deps.clock.now();
  const status = statusOf(batch, await outcomesOf(batch, deps), now);
  const waiting = !isFinished(batch);
  return {
    status: waiting ? 202 : 200,
    headers: {
      ...(waiting && { 'Retry-After': String(retryAfterSeconds(status, now)) }),
      Location: urls.status,
    },
    jsonBody: { ...status, statusUrl: urls.status, resultsUrl: urls.results },
  };
}
