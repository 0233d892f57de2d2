import type { ClaimedEntry, AppliedMeeting } from './change-row';
import { differingProperties, isPatchable, pick, withChange } from './requested-meeting';
import { recordingMs } from '../attempt';
import {
  cancelEvent,
  checkBeforeInviting,
  repairsOf,
  toEventChange,
  updateEvent,
  type EventTarget,
} from '../calendar/change-event';
import { hasWithheldInvitations } from '../calendar/changed-calendar';
import { optionsOf } from '../calendar/invitees';
import { calendarNotEnabled } from '../calendar/make-event';
import type { MeetingDependencies } from '../dependencies';
import { withIdentities } from '../calls/people';
import type { CallOptions, StoredMeeting } from '../ports';
import type { GraphMeeting, PlannedMeeting } from '../planned-meeting';
import { withRetries } from '../calls/retry';
import { compare, leavesSomethingOut, readBack } from '../calls/set-options';
import { confirming404, isNotFound, notThere } from '../calls/stored-meetings';
import { MeetingError, toMeetingError, withExecuted } from '../../errors/meeting-error';
import type { OnlineMeetingInput } from '../../requests/online-meeting';

/** The meeting after the change, and whether anything had to be changed. */
export type Applied = AppliedMeeting & { readonly changed: boolean };

interface Target {
  readonly organizerId: string;
  readonly meetingId: string;
  readonly options: CallOptions;
  readonly madeDateTime: string;
  readonly deps: MeetingDependencies;
}

/** Makes the pending change of a row in Graph. Every call in it may be repeated. @throws MeetingError as the calls to Graph. */
export async function applyChange(
  entry: ClaimedEntry,
  deps: MeetingDependencies,
): Promise<Applied> {
  const { pending, progress, organizerId } = entry;
  const made = progress.state === 'finished' ? progress.result : undefined;
  const meetingId = made?.meeting?.id;
  if (made === undefined || typeof meetingId !== 'string' || organizerId === undefined)
    throw unknownMeeting();
  // The last moment to begin a call: it must end and be recorded while we still hold the row.
  const deadline = pending.leaseUntil - recordingMs - deps.callTimeoutMs;
  const options = { deadline, requestId: entry.requestId };
  const target = { organizerId, meetingId, options, madeDateTime: made.completedDateTime, deps };
  const event = toEventTarget(entry, target);
  if (event !== undefined)
    return pending.action === 'cancel'
      ? cancelMeetingOf(event, pending.comment)
      : updateMeetingOf(entry, target, event);
  return pending.action === 'cancel' ? cancel(entry, target) : update(entry, target);
}

/** Undefined for a meeting without an event. @throws MeetingError `calendarNotEnabled`. */
function toEventTarget(
  { event }: ClaimedEntry,
  { organizerId, options, deps }: Target,
): EventTarget | undefined {
  if (event?.id === undefined) return undefined;
  if (deps.calendars === undefined) throw calendarNotEnabled();
  return { organizerId, eventId: event.id, options, calendars: deps.calendars, deps };
}

async function cancelMeetingOf(event: EventTarget, comment?: string): Promise<Applied> {
  await cancelEvent(event, comment);
  return { meeting: null, notApplied: [], changed: true };
}

/** Sets the options of the meeting before the event, so that new people are invited only to a meeting as requested. */
async function updateMeetingOf(
  entry: ClaimedEntry,
  target: Target,
  event: EventTarget,
): Promise<Applied> {
  const { requested = {}, pending } = entry;
  const options = optionsOf(pending.properties);
  const withoutEvent = {
    ...entry,
    requested: optionsOf(requested),
    pending: { ...pending, properties: options },
  };
  const applied = await update(withoutEvent, target);
  try {
    return await updateEventOf(entry, event, applied);
  } catch (thrown) {
    // The meeting already has its part of the change.
    throw applied.changed ? withExecuted(toMeetingError(thrown), 'unknown') : thrown;
  }
}

async function updateEventOf(
  entry: ClaimedEntry,
  event: EventTarget,
  applied: Applied,
): Promise<Applied> {
  const { pending } = entry;
  const { properties, calendar = {} } = pending;
  const change = {
    requested: {
      meeting: withChange(entry.requested ?? {}, properties),
      calendar: { ...entry.requestedCalendar, ...calendar },
    },
    properties,
    calendar,
    hasWithheldInvitations: hasWithheldInvitations(entry),
  };
  const repairs = pending.refresh === true ? await repairsOf(event, change.requested) : {};
  const eventChange = { ...repairs, ...toEventChange(change) };
  if (applied.meeting !== null)
    checkBeforeInviting(eventChange, { ...applied, meeting: applied.meeting });
  await updateEvent(event, eventChange);
  const { subject, startDateTime, endDateTime } = eventChange;
  const basics = {
    ...(subject !== undefined && { subject }),
    ...(startDateTime !== undefined && { startDateTime }),
    ...(endDateTime !== undefined && { endDateTime }),
  };
  const changed = applied.changed || Object.keys(eventChange).length > 0;
  return { ...applied, meeting: { ...applied.meeting, ...basics }, changed };
}

async function cancel({ pending }: ClaimedEntry, target: Target): Promise<Applied> {
  const { organizerId, meetingId, options, deps } = target;
  let mayBeDeleted = pending.mayHaveEffect === true;
  const once = async (): Promise<void> => {
    try {
      await deps.provider.delete(organizerId, meetingId, options);
    } catch (thrown) {
      mayBeDeleted ||= toMeetingError(thrown).executed === 'unknown';
      throw thrown;
    }
  };
  // Not found is a success: somebody has deleted it in Teams, or an earlier attempt has.
  await call(target, once, () => mayBeDeleted);
  return { meeting: null, notApplied: [], changed: true };
}

async function update(entry: ClaimedEntry, target: Target): Promise<Applied> {
  const { pending } = entry;
  const requested = withChange(entry.requested ?? {}, pending.properties);
  const { deps, options } = target;
  const known = pending.refresh === true ? await read(target) : knownMeeting(entry, target);
  const differing =
    pending.refresh === true ? differingProperties(requested, known).filter(isPatchable) : [];
  const names = [...Object.keys(pending.properties), ...differing] as (keyof OnlineMeetingInput)[];
  const planned = toPlanned(entry, requested, target);
  if (names.length === 0)
    return toApplied(compare(planned, { meeting: known, created: false }), false);
  const properties = await withIdentities(pick(requested, names), options, deps);
  const patched = await patch(target, properties);
  // The known values of these properties are out of date.
  const others = Object.entries(known).filter(([name]) => !(name in properties));
  const meeting = {
    ...Object.fromEntries(others),
    ...patched,
    ...joinWords(known),
  } as StoredMeeting;
  const made = compare(planned, { meeting, created: false });
  return toApplied(leavesSomethingOut(made) ? await reread(planned, made, deps) : made, true);
}

/** Keeps the known join information: an update does not change it, and the one that Graph returns may be in another language. */
const joinWords = ({ joinInformation }: StoredMeeting): Partial<StoredMeeting> =>
  joinInformation === undefined ? {} : { joinInformation };

const toApplied = ({ meeting, notApplied }: GraphMeeting, changed: boolean): Applied => ({
  meeting,
  notApplied: [...notApplied],
  changed,
});

async function read(target: Target): Promise<StoredMeeting> {
  const { organizerId, meetingId, options, deps } = target;
  return orGone(await call(target, () => deps.provider.get(organizerId, meetingId, options)));
}

async function patch(target: Target, properties: OnlineMeetingInput): Promise<StoredMeeting> {
  const { organizerId, meetingId, options, deps } = target;
  const change = { properties, options };
  return orGone(await call(target, () => deps.provider.update(organizerId, meetingId, change)));
}

/** How long a meeting counts as new, in milliseconds: Graph can take seconds to find a new meeting. */
const newForMs = 60_000;
/** The same after a DELETE without an answer, which most likely is why the meeting is not found. */
const newAfterDeleteMs = 10_000;

/** @throws MeetingError of the call. A 404 that may not last becomes a retryable error. */
async function call<T>(
  { options, deps, madeDateTime }: Target,
  once: () => Promise<T>,
  mayBeDeleted = (): boolean => false,
): Promise<T | typeof notThere> {
  const believing = confirming404(once);
  /** Milliseconds until a 404 is accepted. */
  const leftMs = (): number => {
    const ageMs = deps.clock.now().getTime() - Date.parse(madeDateTime);
    return (mayBeDeleted() ? newAfterDeleteMs : newForMs) - ageMs;
  };
  const retrying = { repeatable: true, deadline: options.deadline };
  try {
    return await withRetries(() => (leftMs() > 0 ? once() : believing()), retrying, deps);
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
    const { executed } = toMeetingError(thrown);
    throw new MeetingError(
      'graphUnavailable',
      'Microsoft Graph cannot find the meeting at the moment.',
      {
        executed,
        ...(leftMs() > 0 && { retryAfterMs: leftMs() }),
      },
    );
  }
}

function orGone(answer: StoredMeeting | typeof notThere): StoredMeeting {
  if (answer !== notThere) return answer;
  throw new MeetingError(
    'meetingNotFound',
    'Microsoft Graph can no longer find the meeting of this request. Somebody has deleted it, or it has expired.',
    { remedy: 'Cancel the request, then send the meeting under a new requestId.' },
  );
}

/** Reads the meeting after a change. A failure is ignored, because the change itself is made. */
async function reread(
  planned: PlannedMeeting,
  made: GraphMeeting,
  deps: MeetingDependencies,
): Promise<GraphMeeting> {
  try {
    return await readBack(planned, made, deps);
  } catch {
    return made;
  }
}

const knownMeeting = ({ progress }: ClaimedEntry, { meetingId }: Target): StoredMeeting => ({
  ...(progress.state === 'finished' ? progress.result.meeting : {}),
  id: meetingId,
});

const toPlanned = (
  { requestId, fingerprint, plan }: ClaimedEntry,
  meeting: OnlineMeetingInput,
  { organizerId, options }: Target,
): PlannedMeeting => ({
  request: { requestId, organizer: fingerprint.organizer, meeting },
  organizerId,
  plan,
  mayHaveMeeting: true,
  options,
  isLastAttempt: false,
});

const unknownMeeting = (): MeetingError =>
  new MeetingError('processingFailed', 'The id of this meeting was not recorded.');
