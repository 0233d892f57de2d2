import { calendarNotEnabled } from '../calendar/make-event';
import { refuseAnotherRequest, lookUpOrganizer } from '../create/create-meeting';
import type { LookedUp } from '../attempt';
import { isChange } from '../change';
import { hasMeeting, isFree, type LedgerEntry } from '../ledger';
import { withIdentities } from '../calls/people';
import { poolWarnings } from '../pools/pool-warnings';
import { previewChange } from './preview-change';
import {
  notChecked,
  refuse,
  type Found,
  type PreviewDependencies,
  type RequestPreview,
} from './request-preview';
import { requestCancelled } from '../create/record-outcome';
import type { CallOptions } from '../ports';
import { withRetries } from '../calls/retry';
import { MeetingError, toMeetingError, type Problem } from '../../errors/meeting-error';
import { invalidRequest } from '../../errors/invalid-request';
import type { MeetingRequest } from '../../requests/meeting-request';
import { pastMeetingProblem } from '../../requests/past-meeting';

/**
 * Predicts the outcome of a request from the ledger, the directory and Graph, without making or changing anything.
 * @throws MeetingError `storageUnavailable`.
 */
export async function previewRequest(
  request: MeetingRequest,
  deps: PreviewDependencies,
): Promise<RequestPreview> {
  const [stored, organizer] = await Promise.all([
    request.requestId === undefined ? undefined : deps.ledger.read(request.requestId),
    // A change may omit the organizer.
    request.organizer === '' && request.organizerPool === undefined
      ? noOrganizer
      : lookUpOrganizer(request, deps),
  ]);
  const known = stored !== undefined && !isFree(stored.entry, undefined) ? stored.entry : undefined;
  const found = await find(request, { organizer, known }, deps);
  const organizerId = organizerIdOf(request, { organizer, known, stored: stored?.entry });
  return { changes: [], warnings: [], error: null, organizerId, ...found };
}

/** An organizer chosen from a pool stays chosen. Without a requestId, the choice is made only when the request is sent. */
function organizerIdOf(
  { requestId, organizerPool }: MeetingRequest,
  { organizer, known, stored }: Known & { readonly stored: LedgerEntry | undefined },
): string | null {
  const found = 'id' in organizer ? organizer.id : (stored?.organizerId ?? null);
  if (organizerPool === undefined) return found;
  return requestId === undefined ? null : (known?.organizerId ?? found);
}

const noOrganizer: LookedUp = {
  error: new MeetingError('organizerNotFound', 'The request does not specify an organizer.', {
    target: 'organizer',
  }),
};

interface Known {
  readonly organizer: LookedUp;
  readonly known: LedgerEntry | undefined;
}

async function find(
  request: MeetingRequest,
  { organizer, known }: Known,
  deps: PreviewDependencies,
): Promise<Found> {
  if (isChange(request)) {
    const found = await previewChange(request, deps);
    return found.outcome === 'create' ? previewNew(request, organizer, deps) : found;
  }
  return known === undefined
    ? previewNew(request, organizer, deps)
    : previewKnown(request, organizer, known);
}

/** Previews a request whose id already has a row. A cancelled request refuses any other, as `createMeeting` does. */
function previewKnown(request: MeetingRequest, organizer: LookedUp, entry: LedgerEntry): Found {
  if (entry.isCancelled === true) return refuse(requestCancelled());
  try {
    refuseAnotherRequest({ request, organizer }, entry);
  } catch (thrown) {
    const error = toMeetingError(thrown);
    return error.retryable
      ? { outcome: 'unchanged', warnings: [notChecked(error.message)] }
      : refuse(error);
  }
  const { progress } = entry;
  if (progress.state !== 'finished') return { outcome: 'create' };
  const { status, error } = progress.result;
  return hasMeeting(status) ? { outcome: 'unchanged' } : { outcome: 'refuse', error };
}

async function previewNew(
  request: MeetingRequest,
  organizer: LookedUp,
  deps: PreviewDependencies,
): Promise<Found> {
  const now = deps.clock.now();
  const past = deps.allowPast ? undefined : pastMeetingProblem(request.meeting, now.toISOString());
  if (past !== undefined) return refuse(invalidRequest('The request is not valid.', [past]));
  try {
    if ('error' in organizer) throw organizer.error;
    await checkRights(organizer.id, request, deps);
    return { outcome: 'create', warnings: poolWarnings(organizer, deps.pools) };
  } catch (thrown) {
    const error = toMeetingError(thrown);
    return error.retryable ? { outcome: 'create', warnings: [laterOf(error)] } : refuse(error);
  }
}

/** The warning that the request would be carried out later, or cannot be checked now. */
const laterOf = ({ code, message }: MeetingError): Problem =>
  code === 'organizerPoolExhausted'
    ? { code, target: 'organizerPool', message }
    : notChecked(message);

/** @throws MeetingError if something would stop the request, or if Graph cannot tell now. */
async function checkRights(
  organizerId: string,
  { requestId, meeting, calendar }: MeetingRequest,
  deps: PreviewDependencies,
): Promise<void> {
  const options = { deadline: deps.clock.now().getTime() + deps.callTimeoutMs, requestId };
  await withIdentities(meeting, options, deps);
  await withRetries(
    () => deps.rights.check(organizerId, options),
    { repeatable: true, deadline: options.deadline },
    deps,
  );
  if (calendar !== undefined) await checkMailbox(organizerId, options, deps);
}

/** Reads an event that does not exist, which shows whether the app may use the mailbox. */
async function checkMailbox(
  organizerId: string,
  options: CallOptions,
  { calendars, ...deps }: PreviewDependencies,
): Promise<void> {
  if (calendars === undefined) throw calendarNotEnabled();
  await withRetries(
    () => calendars.findEvent(organizerId, 'preview', options),
    { repeatable: true, deadline: options.deadline },
    deps,
  );
}
