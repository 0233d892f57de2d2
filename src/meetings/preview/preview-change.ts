import { toChange, type Change, type ChangeRequest } from '../change';
import { decideChange, type ChangeDecision, type NewPending } from '../changes/decide-change';
import { objectionsTo } from '../changes/objections';
import { hasWithheldInvitations } from '../calendar/changed-calendar';
import type { LedgerEntry } from '../ledger';
import type { CalendarInput } from '../../requests/calendar';
import { notChecked, refuse, type Found, type PreviewDependencies } from './request-preview';
import { toMeetingError } from '../../errors/meeting-error';
import type { MessageMetadata } from '../../requests/message-metadata';
import type { PropertyChange } from '../../results/meeting-result';

/**
 * Predicts the outcome of a change from the current ledger; `create` if it would make a meeting.
 * @throws MeetingError `storageUnavailable`.
 */
export async function previewChange(
  request: ChangeRequest,
  deps: PreviewDependencies,
): Promise<Found> {
  const now = deps.clock.now();
  const metadata: MessageMetadata = { attempts: 0, acceptedDateTime: now.toISOString() };
  const change = toChange(request, metadata);
  const { stored, ended } = await deps.ledger.readWithChange(request.requestId, change.key);
  const entry = stored?.entry;
  const objections = await objectionsTo(request, entry, { metadata, deps }).catch(
    (thrown: unknown) => toMeetingError(thrown),
  );
  if (objections instanceof Error)
    return { outcome: 'unchanged', warnings: [notChecked(objections.message)] };
  const known = { change, entry, ended, objections };
  return foundBy(decideChange(known, { kind: 'arrived' }, now.getTime()), known);
}

/** What a decision about a change that has just arrived means for it. */
function foundBy(
  decision: ChangeDecision,
  { change, entry }: { readonly change: Change; readonly entry: LedgerEntry | undefined },
): Found {
  switch (decision.kind) {
    case 'refuse':
      return refuse(decision.error);
    case 'end':
      return decision.error === undefined ? { outcome: 'unchanged' } : refuse(decision.error);
    case 'create':
    case 'finishCreate':
      return { outcome: 'create' };
    case 'cancelUnmade':
      return { outcome: 'cancel' };
    case 'claim':
      return decision.pending.key === change.key
        ? claimed(decision.pending, entry)
        : { outcome: 'update', warnings: [notChecked('another change has not ended yet.')] };
    case 'wait':
      return { outcome: 'update', warnings: [notChecked('another change is under way.')] };
    case 'replay':
    case 'refuseRow':
    case 'unchanged':
    case 'superseded':
    case 'finish':
    case 'fail':
    case 'release':
      return { outcome: 'unchanged' };
  }
}

function claimed(
  { action, properties, calendar, refresh }: NewPending,
  entry: LedgerEntry | undefined,
): Found {
  if (action === 'cancel') return { outcome: 'cancel' };
  const changes = [...changesOf(properties, entry), ...calendarChanges(calendar, entry)];
  const warnings =
    refresh === true
      ? [notChecked('changes made in Teams are detected only when you send the row.')]
      : [];
  return { outcome: changes.length === 0 ? 'unchanged' : 'update', changes, warnings };
}

function changesOf(
  properties: NewPending['properties'],
  entry: LedgerEntry | undefined,
): readonly PropertyChange[] {
  const meeting = entry?.progress.state === 'finished' ? entry.progress.result.meeting : null;
  const before: Readonly<Record<string, unknown>> = { ...meeting, ...entry?.requested };
  return Object.entries(properties)
    .map(([path, to]) => ({ path, from: toText(before[path]), to: toText(to) }))
    .filter(({ from, to }) => from !== to);
}

/** The changes of the event. People whose invitations were withheld get them with the next change. */
function calendarChanges(
  calendar: NewPending['calendar'] = {},
  entry: LedgerEntry | undefined,
): readonly PropertyChange[] {
  const { invite: before, ...known }: CalendarInput = entry?.requestedCalendar ?? {};
  const { invite, ...others } = calendar;
  const isOwed = entry !== undefined && hasWithheldInvitations(entry);
  const people = invite ?? (isOwed ? before : undefined);
  return [
    ...Object.entries(others).map(([name, to]) => ({
      path: `calendar.${name}`,
      from: toText(known[name as keyof typeof known]),
      to: toText(to),
    })),
    ...(people === undefined
      ? []
      : [
          {
            path: 'calendar.invite',
            from: isOwed ? null : toAddresses(before),
            to: toAddresses(people),
          },
        ]),
  ];
}

const toAddresses = (people: CalendarInput['invite'] = []): string | null =>
  people.length === 0 ? null : people.map(({ address }) => address).join('; ');

function toText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
