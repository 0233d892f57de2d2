import type { ColumnTarget } from '../../../src/requests/column-names';

/** What the page asks for about each meeting. */
export interface Field {
  readonly target: ColumnTarget;
  readonly isNeeded: boolean;
  /** Values that are shown as sentences. */
  readonly choices?: readonly string[];
}

const field = (
  target: ColumnTarget,
  more: { readonly isNeeded?: boolean; readonly choices?: readonly string[] } = {},
): Field => ({ target, isNeeded: false, ...more });

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
  field('requestId'),
];

export const allFields: readonly Field[] = [...mainFields, ...moreFields];
