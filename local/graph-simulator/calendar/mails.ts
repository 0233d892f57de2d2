import type { GraphService } from '../call';
import type { CalendarEvent } from './event';
import type { Mail, StoredEvent } from './event-store';

type Letter = Pick<Mail, 'kind'> & { readonly to: readonly string[]; readonly comment?: string };

/** Records the emails that Exchange would send about the current event. */
export function sendMails(stored: StoredEvent, letter: Letter, { events, now }: GraphService) {
  const { event, meeting, organizer } = stored;
  for (const to of letter.to)
    events.mails.push({
      kind: letter.kind,
      to,
      from: organizer.mail ?? organizer.userPrincipalName,
      subject: event.subject,
      eventId: event.id,
      sentDateTime: now().toISOString(),
      comment: letter.comment ?? null,
      lobby: meeting?.meeting.lobbyBypassSettings.scope ?? null,
      joinUrl: meeting?.meeting.joinWebUrl ?? null,
    });
}

/** Invites added people, sends cancellations to removed ones, and sends updates to the others only if time or place changed. */
export function sendMailsAfterChange(
  stored: StoredEvent,
  before: CalendarEvent,
  service: GraphService,
): void {
  const [old, now] = [addressesOf(before), addressesOf(stored.event)];
  const added = now.filter((address) => !old.includes(address));
  const removed = old.filter((address) => !now.includes(address));
  const kept = now.filter((address) => old.includes(address));
  sendMails(stored, { kind: 'invitation', to: added }, service);
  sendMails(stored, { kind: 'cancellation', to: removed }, service);
  if (mattersToAll(before, stored.event)) sendMails(stored, { kind: 'update', to: kept }, service);
}

/** Returns the addresses of the invited people, in lower case. */
export const addressesOf = ({ attendees }: CalendarEvent): string[] =>
  attendees.map(({ emailAddress }) => emailAddress.address.toLowerCase());

const mattersToAll = (before: CalendarEvent, after: CalendarEvent): boolean =>
  (['subject', 'start', 'end', 'location', 'body'] as const).some(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
