import type { Controlled } from './control';
import { isDead } from './meetings/meeting-store';

/** The page at the root of the simulator: users, meetings, mails, calls and fault rules. */
export function startPage(simulator: Controlled): string {
  const { tenant, meetings, events, log } = simulator;
  const { displayName, users } = tenant.state;
  const organizers = new Set(tenant.organizers.map(({ id }) => id));
  const living = meetings.list().filter((stored) => !isDead(stored, simulator.now()));
  return page(
    `Simulated Microsoft Graph: ${displayName}`,
    [
      section('Users', 'tenant', {
        heads: ['Name', 'Address', 'Licences', 'App can create meetings'],
        rows: users.map((user) => [
          user.displayName,
          user.userPrincipalName,
          user.licences.join(', '),
          organizers.has(user.id) ? 'yes' : 'no',
        ]),
      }),
      section('Meetings', 'meetings', {
        heads: ['Subject', 'Start', 'Organizer', 'Changes', 'Link'],
        rows: living.map(({ meeting, organizerId, changes }) => [
          meeting.subject ?? '',
          meeting.startDateTime,
          tenant.userById(organizerId)?.userPrincipalName ?? organizerId,
          String(changes),
          meeting.joinWebUrl,
        ]),
      }),
      section('Mails', 'mails', {
        heads: ['Time', 'Kind', 'To', 'From', 'Subject'],
        rows: events.mails
          .slice(-maxMails)
          .toReversed()
          .map(({ sentDateTime, kind, to, from, subject }) => [
            sentDateTime,
            kind,
            to,
            from,
            subject ?? '',
          ]),
      }),
      section('Latest calls', 'requests', {
        heads: ['Time', 'Call', 'Status', 'Fault'],
        rows: log
          .list()
          .slice(-maxCalls)
          .toReversed()
          .map(({ at, method, path, status, fault }) => [
            at,
            `${method} ${path}`,
            String(status ?? '…'),
            fault ?? '',
          ]),
      }),
      `<h2>Faults</h2><p><a href="/_simulator/faults">As JSON</a></p><pre>${escape(JSON.stringify(simulator.faultReport(), null, 2))}</pre>`,
    ].join('\n'),
  );
}

const maxMails = 50;
const maxCalls = 50;

interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const section = (title: string, area: string, { heads, rows }: Table): string =>
  [
    `<h2>${title} (${rows.length})</h2><p><a href="/_simulator/${area}">As JSON</a></p>`,
    `<table><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>`,
    ...rows.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`),
    '</table>',
  ].join('\n');

const page = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
<style>body{font:15px system-ui,sans-serif;margin:2em;color-scheme:light dark}td,th{text-align:left;padding:.2em 1em .2em 0;max-width:30em;overflow-wrap:anywhere}</style>
</head><body><h1>${escape(title)}</h1>
${body}
</body></html>
`;

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
