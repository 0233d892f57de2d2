import { hash } from 'node:crypto';
import type { InvitationSource } from '../results/invitation-source';
import type { TimeZone } from '../requests/time/time-zones';

/** Maximum SEQUENCE, a 32-bit integer: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.8 */
const maxSequence = 2 ** 31 - 1;
/** Maximum revision that counts as a caller's counter; larger ones are times in milliseconds since 1970. */
const maxCounted = 10 ** 8;
const epochMs = Date.UTC(2020, 0, 1);

/** A revision as iCalendar's SEQUENCE. A higher revision never gets a lower SEQUENCE. */
export function sequenceOf(revision: number | undefined): number {
  if (revision === undefined || revision <= maxCounted) return revision ?? 0;
  const seconds = Math.max(0, Math.floor((revision - epochMs) / 1000));
  return Math.min(maxCounted + seconds, maxSequence);
}

/** The same for every change of one request, and for no other request of any installation. */
export const uidOf = ({ requestId, organizerId, iCalUId }: InvitationSource): string =>
  iCalUId ?? `${hash('sha256', `${organizerId}:${requestId}`, 'hex')}@convoke`;

/** When the meeting takes place, in words: `Tuesday, December 1, 2026, 2:30 – 3:00 PM (UTC)`. */
export function whenOf({ meeting, language, timeZone }: InvitationSource): string {
  const format = new Intl.DateTimeFormat(localesIn(language), {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  const [start, end] = [meeting.startDateTime, meeting.endDateTime].map((time) =>
    localTime(Date.parse(time ?? ''), timeZone),
  );
  if (start === undefined || end === undefined) return '';
  // Replaces narrow spaces: not every email program shows them.
  const range = format.formatRange(start, end).replace(/\s/g, ' ');
  return `${range} (${timeZone?.name ?? 'UTC'})`;
}

/** The local time of a zone, as if it were UTC; undefined if the instant is not a number. */
const localTime = (instant: number, zone: TimeZone | undefined): Date | undefined =>
  Number.isNaN(instant) ? undefined : new Date(instant + (zone?.offsetAt(instant) ?? 0));

/** The languages in an Accept-Language header, in its order, without `*`. */
function localesIn(language = ''): string[] {
  const tags = language.split(',').map((range) => range.split(';')[0]?.trim() ?? '');
  return [...tags.filter(isLocale), 'en'];
}

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
