import type { ChangeRequest } from '../change';
import type { Objections } from './decide-change';
import {
  isSameOrganizer,
  isSamePool,
  lookUpOrganizer,
  type LookUpDependencies,
} from '../create/create-meeting';
import type { MeetingDependencies } from '../dependencies';
import { hasMeeting, type LedgerEntry } from '../ledger';
import { pastMeetingError } from '../../requests/past-meeting';
import { MeetingError } from '../../errors/meeting-error';
import type { MessageMetadata } from '../../requests/message-metadata';

type ObjectionDependencies = LookUpDependencies & Pick<MeetingDependencies, 'allowPast'>;

/** The reasons why a change is impossible. @throws MeetingError if Graph cannot tell now. */
export async function objectionsTo(
  request: ChangeRequest,
  entry: LedgerEntry | undefined,
  { metadata, deps }: { readonly metadata: MessageMetadata; readonly deps: ObjectionDependencies },
): Promise<Objections> {
  const past = deps.allowPast
    ? undefined
    : pastMeetingError(request.meeting, metadata.acceptedDateTime);
  if (!namesOrganizer(request) || !isThere(entry)) return { past };
  const isSame = await keepsOrganizer(request, entry, deps);
  return { past, ...(!isSame && { organizer: anotherOrganizer() }) };
}

const namesOrganizer = ({ organizer, organizerPool }: ChangeRequest): boolean =>
  organizer !== '' || organizerPool !== undefined;

const isThere = (entry: LedgerEntry | undefined): entry is LedgerEntry =>
  entry !== undefined &&
  entry.isCancelled !== true &&
  entry.progress.state === 'finished' &&
  hasMeeting(entry.progress.result.status);

/** Whether the organizer stays the same person. Only a different spelling costs a call. */
async function keepsOrganizer(
  request: ChangeRequest,
  entry: LedgerEntry,
  deps: ObjectionDependencies,
): Promise<boolean> {
  // An existing meeting keeps the organizer that was chosen.
  if (request.organizerPool !== undefined)
    return isSamePool(request.organizerPool, entry.fingerprint);
  const given = request.organizer.toLowerCase();
  if (given === entry.fingerprint.organizer.toLowerCase() || given === entry.organizerId)
    return true;
  return isSameOrganizer(request, await lookUpOrganizer(request, deps), entry);
}

const anotherOrganizer = (): MeetingError =>
  new MeetingError(
    'requestIdReused',
    'The meeting of this requestId has a different organizer, which cannot be changed.',
    { target: 'organizer' },
  );
