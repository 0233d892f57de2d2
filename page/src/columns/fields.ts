import type { ColumnTarget } from '../../../src/requests/column-names';

/** A field of a meeting that the page asks for. */
export interface Field {
  readonly target: ColumnTarget;
  readonly isNeeded: boolean;
  /** Values that are shown as phrases. */
  readonly choices?: readonly string[];
  /** The field has no value for all rows. */
  readonly isOfRow?: boolean;
}

const field = (target: ColumnTarget, more: Partial<Field> = {}): Field => ({
  target,
  isNeeded: false,
  ...more,
});

/** The field for pools: each pool is a choice, and a column may name them too. */
export const poolField = (pools: readonly string[]): Field =>
  field('organizerPool', { choices: pools });

/** An end or a duration is needed too; that is checked separately. */
export const mainFields: readonly Field[] = [
  field('organizer', { isNeeded: true }),
  field('meeting.subject', { isNeeded: true }),
  field('meeting.startDateTime', { isNeeded: true }),
  field('startTime'),
  field('durationMinutes'),
  field('meeting.endDateTime'),
  field('endTime'),
  field('meeting.participants.attendees'),
];

/** Fields that the page shows under “More options”. */
export const moreFields: readonly Field[] = [
  field('meeting.lobbyBypassSettings.scope', {
    choices: ['everyone', 'organizationAndFederated', 'organization', 'invited', 'organizer'],
  }),
  field('meeting.allowedPresenters', {
    choices: ['everyone', 'organization', 'roleIsPresenter', 'organizer'],
  }),
  field('meeting.recordAutomatically', { choices: ['true', 'false'] }),
  field('requestId', { isOfRow: true }),
  field('action', { isOfRow: true }),
];

/** Shown only if calendars are set up; the others depend on the first. */
export const calendarFields: readonly [Field, ...Field[]] = [
  field('calendar.enabled', { choices: ['true'] }),
  field('calendar.location'),
  field('calendar.body'),
];

/** Every field. The one for pools has no choices, which depend on the user. */
export const allFields: readonly Field[] = [
  ...mainFields,
  poolField([]),
  ...moreFields,
  ...calendarFields,
];
