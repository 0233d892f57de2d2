import type { ColumnTarget } from '../../../src/requests/column-names';

/** What the page asks for about each meeting. */
export interface Field {
  readonly target: ColumnTarget;
  readonly isNeeded: boolean;
  /** Values that are shown as sentences. */
  readonly choices?: readonly string[];
  /** A value for all rows would make no sense. */
  readonly isOfRow?: boolean;
}

const field = (target: ColumnTarget, more: Partial<Field> = {}): Field => ({
  target,
  isNeeded: false,
  ...more,
});

/** Where there are pools, each is a choice; a column may name them too. */
export const poolField = (pools: readonly string[]): Field =>
  field('organizerPool', { choices: pools });

/** Beside these, an end or a duration is needed; that is checked on its own. */
export const mainFields: readonly Field[] = [
  field('organizer', { isNeeded: true }),
  field('meeting.subject', { isNeeded: true }),
  field('meeting.startDateTime', { isNeeded: true }),
  field('startTime'),
  field('durationMinutes'),
  field('meeting.endDateTime'),
  field('meeting.participants.attendees'),
];

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

/** Only where calendars are set up; the others belong to the first. */
export const calendarFields: readonly [Field, ...Field[]] = [
  field('calendar.enabled', { choices: ['true'] }),
  field('calendar.location'),
  field('calendar.body'),
];

export const allFields: readonly Field[] = [
  ...mainFields,
  poolField([]),
  ...moreFields,
  ...calendarFields,
];
