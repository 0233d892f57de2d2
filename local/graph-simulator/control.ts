import { z } from 'zod';
import { changeInOutlook, deleteInOutlook, listEvents } from './calendar/control';
import type { MailboxLimit } from './calendar/mailbox-limit';
import type { GraphService } from './call';
import { teamsChange } from './meetings/meeting-properties';
import { isDead, type StoredMeeting } from './meetings/meeting-store';
import { selectProperties } from './odata';
import type { RequestLog } from './request-log';
import { changeMeeting } from './meetings/stored-meetings';

/** The parts of the simulator that `/_simulator` reads and changes. */
export type Controlled = GraphService & {
  readonly log: RequestLog;
  readonly mailboxes: Pick<MailboxLimit, 'maxUnderWay' | 'refused'>;
  readonly faultReport: () => object;
  readonly setFaults: (plan: unknown) => void;
  readonly reset: () => void;
};

type Command = { readonly method: string; readonly url: URL; readonly json: unknown };
type Answer = readonly [status: number, body: unknown];

/**
 * Answers under `/_simulator`:
 *
 * | call | what it does | |---|---| | `GET tenant`, `PUT tenant` | shows or changes users, identities, policies and
 * switches; properties missing in the body stay | | `PUT tenant/users/{id or name}`, `PUT tenant/identities/{clientId}`
 * | changes one of them | | `GET meetings[?$select=…]` | the meetings that exist now, with organizer, number of
 * changes, and the requests that led to each | | `PATCH meetings/{id}` | changes a meeting as a person in Teams would;
 * with `expiryDateTime` it can be made to expire | | `DELETE meetings/{id}` | deletes a meeting as a person in Teams
 * would | | `GET events` | the events that exist now, with the lobby of their meetings | | `PATCH events/{id}`, `DELETE
 * events/{id}` | changes or deletes an event as its organizer would in Outlook | | `GET mails` | the emails that
 * attendees would have got: recipient, kind, subject, event, and the lobby at that moment | | `GET mailboxes` | the
 * maximum number of concurrent calls for one mailbox, and how many were refused | | `GET requests` | the latest
 * requests, oldest first | | `GET faults`, `PUT faults` | shows or replaces the rules of `fault-plan.ts` | | `POST
 * reset` | back to the state after start |
 *
 * `docs/local.md` has examples.
 */
export function control(command: Command, simulator: Controlled): Answer {
  try {
    return [200, execute(command, simulator)];
  } catch (error) {
    if (error instanceof UnknownCommand) return [404, { error: { message: error.message } }];
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return [400, { error: { message } }];
  }
}

class UnknownCommand extends Error {}

function execute(command: Command, simulator: Controlled): unknown {
  const { method, url, json } = command;
  const [, , area = '', ...place] = url.pathname.split('/').map(decodeURIComponent);
  const [kind = '', key = ''] = area === 'meetings' || area === 'events' ? ['', ...place] : place;
  switch (`${method} ${area}${kind === '' ? '' : `/${kind}`}`) {
    case 'GET tenant':
      return simulator.tenant.state;
    case 'PUT tenant':
      simulator.tenant.update(requireObject(json));
      return simulator.tenant.state;
    case 'PUT tenant/users':
      simulator.tenant.updateUser(key, requireObject(json));
      return simulator.tenant.findUser(key) ?? simulator.tenant.state;
    case 'PUT tenant/identities':
      simulator.tenant.updateIdentity(key, requireObject(json));
      return simulator.tenant.state;
    case 'GET meetings':
      return listMeetings(simulator, url.searchParams);
    case 'PATCH meetings':
      return changeInTeams(requireMeeting(key, simulator), json, simulator);
    case 'DELETE meetings':
      simulator.meetings.delete(requireMeeting(key, simulator));
      return {};
    case 'GET events':
      return listEvents(simulator);
    case 'PATCH events':
      return changeInOutlook(key, json, simulator);
    case 'DELETE events':
      return deleteInOutlook(key, simulator);
    case 'GET mails':
      return simulator.events.mails;
    case 'GET mailboxes':
      return { maxUnderWay: simulator.mailboxes.maxUnderWay, refused: simulator.mailboxes.refused };
    case 'GET requests':
      return simulator.log.list();
    case 'GET faults':
      return simulator.faultReport();
    case 'PUT faults':
      simulator.setFaults(requireObject(json));
      return simulator.faultReport();
    case 'POST reset':
      simulator.reset();
      return {};
    default:
      throw new UnknownCommand(`There is no ${method} ${url.pathname}.`);
  }
}

function changeInTeams(stored: StoredMeeting, json: unknown, simulator: Controlled): object {
  changeMeeting(stored, teamsChange.parse(json), simulator);
  return describeMeeting(stored, simulator);
}

function listMeetings(simulator: Controlled, query: URLSearchParams): object[] {
  return simulator.meetings
    .list()
    .filter((stored) => !isDead(stored, simulator.now()))
    .map((stored) => selectProperties(describeMeeting(stored, simulator), query));
}

function describeMeeting(stored: StoredMeeting, { tenant }: Controlled): object {
  const { meeting, organizerId, creationRequests, changes } = stored;
  const organizer = tenant.userById(organizerId)?.userPrincipalName ?? null;
  return { ...meeting, organizerId, organizer, changes, creationRequests };
}

function requireMeeting(id: string, { meetings, now }: Controlled): StoredMeeting {
  const found = meetings.byId(id);
  if (found === undefined || isDead(found, now()))
    throw new UnknownCommand(`There is no meeting ${JSON.stringify(id)}.`);
  return found;
}

function requireObject(json: unknown): object {
  if (typeof json === 'object' && json !== null) return json;
  throw new Error('The body must be a JSON object.');
}
