import type { HttpRequest } from '@azure/functions';
import type { Batch } from '../../../batches/batch';
import type { BatchCaller } from '../../../batches/caller';
import { batchNotFound, findBatch } from '../../../batches/move-batch';
import type { BatchLedger } from '../../../batches/ports';
import type { Config } from '../../../config/config';
import { MeetingError } from '../../../errors/meeting-error';
import { signedInUser } from '../sign-in';

/** Finds the caller of an endpoint of the page. @throws MeetingError `unauthenticated` or `forbidden`. */
export type FindPageCaller = (request: HttpRequest) => BatchCaller;

/**
 * The page signs in with a cookie, and a browser sends it even when another site makes the call. No other site can set
 * our custom header without a CORS preflight, and `Sec-Fetch-Site` says where the call comes from:
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export const pageCaller =
  (signIn: Config['signIn']): FindPageCaller =>
  (request) => {
    refuseOtherSites(request);
    const { id, name, userName, hasMeetingsRole } = signedInUser(request.headers, signIn);
    return { id, name, userName, ownOnly: !hasMeetingsRole };
  };

const pageHeader = 'x-convoke-page';

function refuseOtherSites({ headers }: HttpRequest): void {
  const site = headers.get('sec-fetch-site');
  if (headers.get(pageHeader) === '1' && (site === null || site === 'same-origin')) return;
  throw new MeetingError('forbidden', 'Only the page of this app can call this endpoint.', {
    remedy: 'Open /api/app, or use the endpoints under /api/batches.',
  });
}

/**
 * A batch of this caller. Callers who may make meetings for anybody may also read batches that others sent from the
 * page.
 * @throws MeetingError `batchNotFound`, also for somebody else's batch, so that strangers learn nothing.
 */
export async function callersBatch(
  batchId: string,
  { id, ownOnly }: BatchCaller,
  batches: Pick<BatchLedger, 'read'>,
): Promise<Batch> {
  const { batch } = await findBatch(batches, batchId);
  const isOpen = batch.origin?.callerId === id || (!ownOnly && batch.origin !== undefined);
  if (!isOpen) throw batchNotFound();
  return batch;
}
