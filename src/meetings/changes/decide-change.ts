import {
  calendarObjection,
  changedCalendar,
  hasWithheldInvitations,
} from '../calendar/changed-calendar';
import type { Change, PendingChange } from '../change';
import {
  fixedAtCreation,
  maxPropertiesLength,
  noMeeting,
  notMadeYet,
  requestForgotten,
  requestNotFound,
  revisionReused,
  tooLarge,
} from './change-errors';
import {
  differingProperties,
  isCreateOnly,
  isPatchable,
  pick,
  withChange,
  withRoles,
} from './requested-meeting';
import { hasMeeting, isCancelledFor, isUnbegun, type LedgerEntry } from '../ledger';
import { notApplied } from '../calls/not-applied';
import { requestCancelled } from '../create/record-outcome';
import type { EndedChange } from '../request-ledger';
import type { MeetingError } from '../../errors/meeting-error';
import type { OnlineMeetingInput } from '../../requests/online-meeting';
import type { MeetingResult } from '../../results/meeting-result';
import { toAsciiJson } from '../../results/result-message';

/** The input of a decision. */
export interface ChangeInput {
  readonly change: Change;
  /** The row of the request; undefined if the requestId is unknown. */
  readonly entry: LedgerEntry | undefined;
  /** The end of this change, if it has ended. */
  readonly ended: EndedChange | undefined;
  /** Reasons why the change is impossible, such as another organizer or a past time. Not every decision depends on them. */
  readonly objections: Objections;
}

/** Errors that make a change impossible, by cause. */
export interface Objections {
  /** The request belongs to another organizer. */
  readonly organizer?: MeetingError | undefined;
  /** The meeting would be over already. */
  readonly past?: MeetingError | undefined;
}

/** Events of a change. */
export type ChangeEvent =
  /** It arrives, for the first time or again. `createTried`: an attempt at the meeting itself has just ended. */
  | { readonly kind: 'arrived'; readonly createTried?: true }
  /** The pending change was made in Graph. */
  | { readonly kind: 'applied'; readonly changed: boolean }
  /** The calls of the pending change failed; `isLastAttempt` if it is not tried again. */
  | { readonly kind: 'broke'; readonly error: MeetingError; readonly isLastAttempt: boolean };

/** The next step of an attempt at a change. */
export type ChangeDecision =
  /** Return the recorded result. */
  | { readonly kind: 'replay'; readonly result: MeetingResult }
  /** Publish again that its row was refused because its batch was cancelled. */
  | { readonly kind: 'refuseRow' }
  /** End it without recording: every later delivery would end the same way. */
  | { readonly kind: 'end'; readonly status: 'cancelled'; readonly error?: MeetingError }
  /** It is invalid, or cannot be made now. Not recorded, because the reason may be gone at the next delivery. */
  | { readonly kind: 'refuse'; readonly error: MeetingError }
  /** Another attempt holds the request: check again until then. */
  | { readonly kind: 'wait'; readonly until: number }
  /** Make the meeting as a new request. */
  | { readonly kind: 'create' }
  /** Bring the meeting's own request to its end first. */
  | { readonly kind: 'finishCreate' }
  /** Record that there is no meeting and will be none. */
  | { readonly kind: 'cancelUnmade' }
  /** Nothing to do; record that. */
  | { readonly kind: 'unchanged' }
  /** A newer change wins; record that. */
  | { readonly kind: 'superseded' }
  /** Record this as pending, then call Graph. It may be an abandoned change. */
  | { readonly kind: 'claim'; readonly pending: NewPending }
  /** Record that the pending change was made. */
  | { readonly kind: 'finish'; readonly status: 'updated' | 'unchanged' | 'cancelled' }
  /** Record that the pending change could not be made. */
  | { readonly kind: 'fail'; readonly error: MeetingError }
  /** Leave the pending change to another attempt. */
  | { readonly kind: 'release'; readonly error: MeetingError };

/** A change to be claimed; the attempt adds its lease and metadata. */
export type NewPending = Pick<
  PendingChange,
  'key' | 'revision' | 'action' | 'properties' | 'calendar' | 'comment' | 'refresh'
>;

/** Decides the next step of a change. Pure and total over rows and events. `now` is in milliseconds since 1970. */
export function decideChange(input: ChangeInput, event: ChangeEvent, now: number): ChangeDecision {
  switch (event.kind) {
    case 'arrived':
      return whenArrived(input, event, now);
    case 'applied':
      return { kind: 'finish', status: statusAfter(input, event) };
    case 'broke':
      return afterFailure(event);
  }
}

function statusAfter(
  { entry }: ChangeInput,
  { changed }: { readonly changed: boolean },
): 'updated' | 'unchanged' | 'cancelled' {
  if (entry?.pending?.action === 'cancel') return 'cancelled';
  return changed ? 'updated' : 'unchanged';
}

/** The calls can be repeated, so a change fails only by a refusal or at the last attempt. */
function afterFailure({
  error,
  isLastAttempt,
}: {
  readonly error: MeetingError;
  readonly isLastAttempt: boolean;
}): ChangeDecision {
  // Graph has said so more than once.
  const isGone = error.code === 'meetingNotFound';
  const mayGoOn = (error.retryable && !isGone) || error.code === 'internalError';
  return mayGoOn && !isLastAttempt ? { kind: 'release', error } : { kind: 'fail', error };
}

type ArrivedChange = Extract<ChangeEvent, { readonly kind: 'arrived' }>;

function whenArrived(input: ChangeInput, event: ArrivedChange, now: number): ChangeDecision {
  const { entry, ended, change } = input;
  if (entry !== undefined && isCancelledFor(entry, change.rowOf)) return { kind: 'refuseRow' };
  if (ended !== undefined) return { kind: 'replay', result: ended.result };
  if (entry === undefined) return withoutRequest(input);
  const { progress, isCancelled, begunBy } = entry;
  const result = progress.state === 'finished' ? progress.result : undefined;
  if (result !== undefined && result.status !== 'cancelled' && begunBy === change.key)
    return { kind: 'replay', result };
  if (isUnbegun(entry)) return withoutRequest(input);
  if (isCancelled === true) return afterCancel(change);
  if (result === undefined) return duringCreate(input, entry, now);
  return hasMeeting(result.status)
    ? withMeeting(input, entry, now)
    : withoutMeeting(input, result, event);
}

function withoutRequest({ change, entry, objections }: ChangeInput): ChangeDecision {
  switch (change.request.action) {
    case 'cancel':
      return change.isOfPass && entry === undefined
        ? { kind: 'refuse', error: requestForgotten() }
        : { kind: 'cancelUnmade' };
    case 'upsert':
      return objections.past === undefined
        ? { kind: 'create' }
        : { kind: 'refuse', error: objections.past };
    case 'update':
      return { kind: 'refuse', error: requestNotFound() };
  }
}

/** Another cancel changes nothing; everything else comes too late. */
const afterCancel = ({ request }: Change): ChangeDecision =>
  request.action === 'cancel'
    ? { kind: 'end', status: 'cancelled' }
    : { kind: 'end', status: 'cancelled', error: requestCancelled() };

/** The meeting's own request has not ended. Any attempt may finish it, one at a time. */
function duringCreate(
  { change }: ChangeInput,
  { progress, mayHaveMeeting, request }: LedgerEntry,
  now: number,
): ChangeDecision {
  if (progress.state === 'inProgress' && now < progress.leaseUntil)
    return { kind: 'wait', until: progress.leaseUntil };
  const isUnmade = progress.state === 'waiting' && mayHaveMeeting !== true;
  if (isUnmade && change.request.action === 'cancel') return { kind: 'cancelUnmade' };
  return request === undefined ? { kind: 'refuse', error: notMadeYet() } : { kind: 'finishCreate' };
}

/** The meeting's own request ended without a meeting, or it is unknown whether there is one. */
function withoutMeeting(
  { change, entry, objections }: ChangeInput,
  { status, error }: MeetingResult,
  { createTried }: ArrivedChange,
): ChangeDecision {
  const isUnknown = status === 'unknown';
  const canBeFound =
    entry !== undefined && entry.plan !== 'createOnce' && entry.request !== undefined;
  if (isUnknown && canBeFound && createTried !== true) return { kind: 'finishCreate' };
  const { action } = change.request;
  // A meeting that cannot be found needs no cancel: nobody has its link, and it expires.
  if (action === 'cancel' && !(isUnknown && canBeFound)) return { kind: 'cancelUnmade' };
  if (action === 'upsert' && !isUnknown)
    return withoutRequest({ change, entry, objections, ended: undefined });
  return { kind: 'refuse', error: noMeeting(isUnknown, error?.code) };
}

function withMeeting(input: ChangeInput, entry: LedgerEntry, now: number): ChangeDecision {
  const { change, objections } = input;
  const current = entry.revision ?? -1;
  const { pending } = entry;
  if (pending !== undefined) {
    if (now < pending.leaseUntil) return { kind: 'wait', until: pending.leaseUntil };
    // A pending change is finished first, unless this one cancels the meeting.
    const overtakes = change.request.action === 'cancel' && change.revision >= pending.revision;
    if (!overtakes) return { kind: 'claim', pending };
  }
  if (change.revision < current) return { kind: 'superseded' };
  if (objections.organizer !== undefined) return { kind: 'refuse', error: objections.organizer };
  if (change.isNumbered && change.revision === current)
    return { kind: 'refuse', error: revisionReused(current) };
  const { key, revision, request } = change;
  if (request.action !== 'cancel') return update(input, entry);
  const { comment } = request;
  const explained = comment === undefined ? {} : { comment };
  return {
    kind: 'claim',
    pending: { key, revision, action: 'cancel', properties: {}, ...explained },
  };
}

function update({ change, objections }: ChangeInput, entry: LedgerEntry): ChangeDecision {
  const { key, revision, request } = change;
  const objection = calendarObjection(entry, request);
  if (objection !== undefined) return { kind: 'refuse', error: objection };
  const requested = withChange(entry.requested ?? {}, request.meeting);
  const differing =
    entry.requested === undefined
      ? Object.keys(request.meeting).map((name) => name as keyof OnlineMeetingInput)
      : differingProperties(withRoles(requested), withRoles(entry.requested));
  const fixed = differing.filter(
    (name) => isCreateOnly(name) && !isSoInGraph(name, requested, entry.progress),
  );
  if (fixed.length > 0) return { kind: 'refuse', error: fixedAtCreation(fixed) };
  const properties = pick(requested, differing.filter(isPatchable));
  const moves = 'endDateTime' in properties;
  if (moves && objections.past !== undefined) return { kind: 'refuse', error: objections.past };
  const { body: _, ...calendar } = changedCalendar(entry, request);
  const changes = [...Object.keys(properties), ...Object.keys(calendar)];
  if (changes.length === 0 && request.refresh !== true && !hasWithheldInvitations(entry))
    return { kind: 'unchanged' };
  if (toAsciiJson(properties).length > maxPropertiesLength)
    return { kind: 'refuse', error: tooLarge() };
  const refreshing = request.refresh === true ? ({ refresh: true } as const) : {};
  const inCalendar = Object.keys(calendar).length === 0 ? {} : { calendar };
  return {
    kind: 'claim',
    pending: { key, revision, action: 'update', properties, ...inCalendar, ...refreshing },
  };
}

function isSoInGraph(
  name: keyof OnlineMeetingInput,
  requested: OnlineMeetingInput,
  progress: LedgerEntry['progress'],
): boolean {
  const meeting = progress.state === 'finished' ? progress.result.meeting : null;
  return meeting !== null && notApplied({ [name]: requested[name] }, meeting).length === 0;
}
