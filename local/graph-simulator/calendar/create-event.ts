import type { Answer, Call, GraphService } from '../call';
import { addMeeting } from '../meetings/create-meeting';
import { badRequest, GraphError } from '../graph-error';
import { readBody } from '../payload';
import { parseTime } from '../meetings/times';
import { makeEvent } from './event';
import { toEventBody } from './event-body';
import { newEventBody, type NewEventBody } from './event-schema';
import type { StoredEvent } from './event-store';
import { allowsTeams, requireMailbox } from './mailbox';
import { addressesOf, sendMails } from './mails';

/** https://learn.microsoft.com/graph/api/user-post-events */
export function createEvent(call: Call, service: GraphService): Answer {
  const organizer = requireMailbox(call, service);
  const body = readBody(call.request, newEventBody);
  if (toTicks(body.end) < toTicks(body.start))
    throw badRequest('The start time of the event should occur before its end time.');
  const known = findKnown(organizer.id, body, service);
  if (known !== undefined) return duplicate(known, service);
  const meeting =
    body.isOnlineMeeting === true && allowsTeams(organizer)
      ? addMeeting({ call, service, organizer, body: toMeeting(body), isPasscodeRequired: true })
      : undefined;
  const stored: StoredEvent = {
    organizer,
    event: makeEvent({ organizer, body, meeting }, service),
    meeting,
    transactionId: body.transactionId ?? null,
    extendedProperties: body.singleValueExtendedProperties ?? [],
    creationRequests: [call.entry],
    changes: 0,
    isDeleted: false,
  };
  service.events.add(stored);
  call.entry.committed = true;
  sendMails(stored, { kind: 'invitation', to: addressesOf(stored.event) }, service);
  return { status: 201, body: toEventBody(stored, service) };
}

function findKnown(
  organizerId: string,
  { transactionId }: NewEventBody,
  { events, tenant }: GraphService,
): StoredEvent | undefined {
  if (typeof transactionId !== 'string' || !tenant.state.switches.transactionIdsKept)
    return undefined;
  return events.byTransaction(organizerId, transactionId);
}

const toTicks = ({ dateTime }: { readonly dateTime: string }): bigint => parseTime(dateTime) ?? 0n;

const toMeeting = ({ subject, start, end }: NewEventBody) => ({
  subject,
  startDateTime: `${start.dateTime.replace(/Z$/i, '')}Z`,
  endDateTime: `${end.dateTime.replace(/Z$/i, '')}Z`,
});

/** The observed and possible answers to a used transactionId. */
function duplicate(known: StoredEvent, service: GraphService): Answer {
  const form = service.tenant.state.switches.duplicateTransaction;
  if (form === 'sameEvent' && !known.isDeleted)
    return { status: 201, body: toEventBody(known, service) };
  const status = form.startsWith('conflict') ? 409 : 400;
  const named = form.endsWith('WithId') || form === 'sameEvent';
  throw new DuplicateTransactionError(status, named ? known.event.id : undefined);
}

/** The text of https://github.com/alcionai/corso/issues/2490. */
class DuplicateTransactionError extends GraphError {
  override readonly more: object;

  constructor(status: number, existingEventId: string | undefined) {
    super(
      status,
      'ErrorDuplicateTransactionId',
      "Your request can't be completed. The TransactionId specified in the request has already been used to create a different event.",
    );
    this.more = existingEventId === undefined ? {} : { '@event.existingEventId': existingEventId };
  }
}
