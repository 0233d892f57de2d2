import type { HttpRequest } from '@azure/functions';
import { MeetingError } from '../../../errors/meeting-error';
import { describeValue, shorten } from '../../../errors/problems';
import type { MeetingKey } from '../../../meetings/ports';
import { isAddress, isGuid } from '../../../requests/identity';

/** The organizer in the address. @throws MeetingError `invalidRequest`. */
export function organizerInAddress(request: HttpRequest): string {
  const user = (request.params['userId'] ?? '').trim();
  if (isGuid(user) || isAddress(user)) return user;
  throw refused(
    'userId',
    `Expected an object id, user principal name or email address, got ${describeValue(user)}.`,
  );
}

/** Real ids have about 150 characters; Graph documents no limit. */
const meetingId = /^[\w*+/=:@.-]{3,1000}$/;
/** A dot segment would lead to another address of Graph. */
const dotSegment = /(^|\/)\.{1,2}(\/|$)/;

/** The id in the address. The host decodes everything but a slash. @throws MeetingError `invalidRequest`. */
export function meetingIdIn(request: HttpRequest): string {
  const id = (request.params['meetingId'] ?? '').replaceAll(/%2f/gi, '/');
  if (meetingId.test(id) && !dotSegment.test(id)) return id;
  throw refused('meetingId', `Expected the id of an online meeting, got ${describeValue(id)}.`);
}

const properties: ReadonlyMap<string, MeetingKey['property']> = new Map(
  (['JoinWebUrl', 'joinMeetingIdSettings/joinMeetingId'] as const).map((property) => [
    property.toLowerCase(),
    property,
  ]),
);

/** https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_URLSyntax */
const comparison = /^\s*([\w/]+)\s+eq\s+'((?:[^']|'')*)'\s*$/i;

/**
 * The meeting that `$filter` names. A link in it may be percent-encoded twice, as Graph accepts both. @throws
 * MeetingError `invalidRequest`.
 */
export function meetingKeyIn(request: HttpRequest): MeetingKey {
  const filter = request.query.get('$filter') ?? '';
  const [, name = '', value = ''] = comparison.exec(filter) ?? [];
  const property = properties.get(name.toLowerCase());
  if (property !== undefined && value !== '')
    return { property, value: value.replaceAll("''", "'") };
  const expected = [...properties.values()].map((each) => `${each} eq '…'`).join(' or ');
  throw refused('$filter', `Graph cannot list meetings. To find one, use ${expected}.`);
}

/** Refuses query options for which Graph would answer differently. @throws MeetingError `invalidRequest`. */
export function refuseQuery(request: HttpRequest, served: readonly string[]): void {
  const other = [...request.query.keys()].find(
    (name) => name.startsWith('$') && !served.includes(name),
  );
  if (other !== undefined)
    throw refused(shorten(other), `${shorten(other)} is not supported here.`);
}

/** The properties that `$select` names, with Graph's annotations; without it, all. */
export function select(meeting: object, request: HttpRequest): object {
  const names = request.query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim().toLowerCase());
  if (names === undefined || names.includes('*')) return meeting;
  const entries = Object.entries(meeting).filter(
    ([name]) => name.startsWith('@') || names.includes(name.toLowerCase()),
  );
  return Object.fromEntries(entries);
}

const refused = (target: string, message: string): MeetingError =>
  new MeetingError('invalidRequest', message, {
    target,
    remedy: 'Correct the address and send the call again.',
  });
