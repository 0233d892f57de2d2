import type { ChangeRequest } from './change';
import type { Objections } from './decide-change';
import { isSamePerson, lookUpOrganizer } from '../create-meeting';
import type { MeetingDependencies } from '../dependencies';
import { hasMeeting, type LedgerEntry } from '../ledger';
import { pastMeetingError } from '../../requests/past-meeting';
import { MeetingError } from '../../errors/meeting-error';
import type { MessageMetadata } from '../../requests/message-metadata';

type ObjectionDependencies = Pick<
  MeetingDependencies,
  'allowPast' | 'directory' | 'clock' | 'random' | 'callTimeoutMs'
>;

/** Why a change can never be made. @throws MeetingError if that cannot be found out now. */
export async function objectionsTo(
  request: ChangeRequest,
  entry: LedgerEntry | undefined,
  { metadata, deps }: { readonly metadata: MessageMetadata; readonly deps: ObjectionDependencies },
): Promise<Objections> {
  const past = deps.allowPast
    ? undefined
    : pastMeetingError(request.meeting, metadata.acceptedDateTime);
  if (request.organizer === '' || !isThere(entry)) return { past };
  const isSame = await isSameOrganizer(request, entry, deps);
  return { past, ...(!isSame && { organizer: anotherOrganizer() }) };
}

const isThere = (entry: LedgerEntry | undefined): entry is LedgerEntry =>
  entry !== undefined &&
  entry.isCancelled !== true &&
  entry.progress.state === 'finished' &&
  hasMeeting(entry.progress.result.status);

/** Two spellings of one person are the same; only another spelling costs a call. */
async function isSameOrganizer(
  request: ChangeRequest,
  entry: LedgerEntry,
  deps: ObjectionDependencies,
): Promise<boolean> {
  const given = request.organizer.toLowerCase();
  if (given === entry.fingerprint.organizer.toLowerCase() || given === entry.organizerId)
    return true;
  return isSamePerson(request.organizer, await lookUpOrganizer(request, deps), entry);
}

const anotherOrganizer = (): MeetingError =>
  new MeetingError(
    'requestIdReused',
    'The meeting of this requestId has another organizer, and a meeting keeps its organizer.',
    { target: 'organizer' },
  );
