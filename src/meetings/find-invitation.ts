import type { GraphDependencies } from './dependencies';
import type { LedgerEntry } from './ledger';
import type { StoredMeeting } from './ports';
import type { RequestLedger } from './request-ledger';
import { findRequest } from './create/retry-request';
import { readMeeting } from './calls/stored-meetings';
import { MeetingError } from '../errors/meeting-error';
import type { OnlineMeeting } from '../requests/online-meeting';
import type { InvitationSource } from '../results/invitation-source';
import type { MeetingResult } from '../results/meeting-result';

export interface InvitationDependencies extends GraphDependencies {
  readonly ledger: Pick<RequestLedger, 'read'>;
  /** Time limit of one call to Graph, in milliseconds. */
  readonly callTimeoutMs: number;
}

/** The request, and the language as in Accept-Language; without one, the language of the request. */
interface InvitationQuery {
  readonly requestId: string;
  readonly language?: string;
}

/**
 * Finds the data for the invitation to a request's meeting. Calls Graph only if the row lacks them: another language,
 * or join information that was too large for a result.
 * @throws MeetingError `requestNotFound`, `requestInProgress`, or as `readMeeting`.
 */
export async function findInvitation(
  query: InvitationQuery,
  deps: InvitationDependencies,
): Promise<InvitationSource> {
  const { requestId, language } = query;
  const { entry } = await findRequest(deps.ledger, requestId);
  const made = meetingIn(entry);
  const { result, organizerId } = made;
  const isCancelled = entry.isCancelled === true;
  const meeting = isCancelled ? made.meeting : await currentMeeting(made, query, deps);
  const organizerAddress = addressOf(result, meeting);
  return {
    requestId,
    organizerId,
    ...(organizerAddress !== undefined && { organizerAddress }),
    meeting,
    ...(entry.revision !== undefined && { revision: entry.revision }),
    isCancelled,
    acceptedDateTime: result.acceptedDateTime,
    completedDateTime: result.completedDateTime,
    ...(language !== undefined && { language }),
  };
}

/** The recorded meeting, or as Graph has it where something is missing. */
async function currentMeeting(
  { meeting, organizerId: organizer }: RecordedMeeting,
  { requestId, language }: InvitationQuery,
  deps: InvitationDependencies,
): Promise<OnlineMeeting> {
  if (language === undefined && meeting.joinInformation !== undefined) return meeting;
  const options = { language, requestId, deadline: deadline(deps) };
  return readMeeting({ organizer, meetingId: meeting.id, options }, deps);
}

const deadline = ({ clock, callTimeoutMs }: InvitationDependencies): number =>
  clock.now().getTime() + 2 * callTimeoutMs;

interface RecordedMeeting {
  readonly result: MeetingResult;
  readonly meeting: StoredMeeting;
  readonly organizerId: string;
}

function meetingIn({ progress }: LedgerEntry): RecordedMeeting {
  if (progress.state !== 'finished')
    throw new MeetingError('requestInProgress', 'The meeting is still being created.');
  const { result } = progress;
  const { meeting, organizer, error } = result;
  const id = meeting?.id;
  if (meeting !== null && typeof id === 'string' && organizer.id !== null)
    return { result, meeting: { ...meeting, id }, organizerId: organizer.id };
  throw new MeetingError(
    'requestNotFound',
    `This request has no meeting (${error?.code ?? result.status}), so nobody can be invited to it.`,
    {
      target: 'requestId',
      remedy: 'Get the request, and follow the remedy in its error.',
    },
  );
}

/** The organizer's user principal name is the email address in most tenants. */
function addressOf({ organizer }: MeetingResult, { participants }: OnlineMeeting) {
  const candidates = [organizer.given, participants?.organizer?.upn];
  return candidates.find((text): text is string => typeof text === 'string' && text.includes('@'));
}
