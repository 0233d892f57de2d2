import type { Answer, Call, GraphService } from '../call';
import { badRequest, genericError, ThrottledError } from '../graph-error';
import { makeMeeting, type MeetingTimes } from './meeting';
import { meetingContext, toMeetingBody } from './meeting-answer';
import { createBody, createOrGetBody, type CreateBody, type Settings } from './meeting-properties';
import { isDead, type StoredMeeting } from './meeting-store';
import { requireOrganizer } from '../tenant/organizer';
import { readBody } from '../payload';
import type { TenantUser } from '../tenant/tenant-state';
import { parseTime, ticksPerHour, toTicks, type Ticks } from './times';

/** https://learn.microsoft.com/graph/api/application-post-onlinemeetings */
export function createMeeting(call: Call, service: GraphService): Answer {
  const organizer = requireOrganizer(call, service, 'write');
  const body = readBody(call.request, createBody);
  refuseUnsupported(body);
  const { requireSubjectAndEnd, passcodeByDefault } = service.tenant.state.switches;
  if (requireSubjectAndEnd && (!body.subject || !body.endDateTime)) throw badRequest();
  const isPasscodeRequired = body.joinMeetingIdSettings?.isPasscodeRequired ?? passcodeByDefault;
  const stored = addMeeting({ call, service, organizer, body, isPasscodeRequired });
  return toAnswer(201, stored, call);
}

/** https://learn.microsoft.com/graph/api/onlinemeeting-createorget */
export function createOrGetMeeting(call: Call, service: GraphService): Answer {
  const organizer = requireOrganizer(call, service, 'write');
  const body = readBody(call.request, createOrGetBody);
  const found = service.meetings.byExternalId(organizer.id, body.externalId);
  if (found !== undefined && isFound(found, service)) {
    found.creationRequests.push(call.entry);
    return toAnswer(200, found, call);
  }
  return toAnswer(
    201,
    addMeeting({ call, service, organizer, body, isPasscodeRequired: false }),
    call,
  );
}

function isFound(stored: StoredMeeting, { tenant, now }: GraphService): boolean {
  return tenant.state.switches.createOrGetAfterEnd === 'findsDead' || !isDead(stored, now());
}

type Creation = {
  readonly call: Call;
  readonly service: GraphService;
  readonly organizer: TenantUser;
  readonly body: Pick<
    CreateBody,
    'subject' | 'startDateTime' | 'endDateTime' | 'participants' | 'externalId'
  > &
    Settings;
  readonly isPasscodeRequired: boolean;
};

/** Makes a meeting, alone or for an event. */
export function addMeeting({
  call,
  service,
  organizer,
  body,
  isPasscodeRequired,
}: Creation): StoredMeeting {
  const { tenant, meetings, random } = service;
  const now = service.now();
  enforceMonthlyLimit(organizer, service, now);
  const start = toTicks(now, random());
  const meeting = makeMeeting({
    organizer,
    tenant,
    body,
    isPasscodeRequired,
    random,
    times: resolveTimes(body, start),
    externalId: body.externalId ?? null,
    created: toTicks(now, random()),
  });
  const stored = {
    organizerId: organizer.id,
    meeting,
    creationRequests: [call.entry],
    changes: 0,
    isDeleted: false,
  };
  meetings.add(stored);
  call.entry.committed = true;
  return stored;
}

function toAnswer(status: number, { meeting, organizerId }: StoredMeeting, call: Call): Answer {
  const context = { '@odata.context': meetingContext(organizerId) };
  return { status, body: { ...context, ...toMeetingBody(meeting, call.request) } };
}

function refuseUnsupported({ externalId, chatInfo, isBroadcast }: CreateBody): void {
  if (isBroadcast === true) throw genericError(405);
  // An externalId belongs to createOrGet; a chat cannot be chosen in v1.0.
  if (typeof externalId === 'string' || typeof chatInfo?.threadId === 'string') throw badRequest();
}

type GivenTimes = Pick<CreateBody, 'startDateTime' | 'endDateTime'>;

/** A meeting lasts an hour unless it has an end, and an end needs a start. */
export function resolveTimes({ startDateTime, endDateTime }: GivenTimes, now: Ticks): MeetingTimes {
  const start = readTime(startDateTime);
  const end = readTime(endDateTime);
  if (start === undefined && end !== undefined) throw badRequest();
  const times = { start: start ?? now, end: end ?? (start ?? now) + ticksPerHour };
  if (times.end < times.start) throw badRequest();
  return times;
}

function readTime(text: string | null | undefined): Ticks | undefined {
  return typeof text === 'string' ? parseTime(text) : undefined;
}

/** https://learn.microsoft.com/graph/throttling-limits#cloud-communication-service-limits */
function enforceMonthlyLimit({ id }: TenantUser, { tenant, meetings }: GraphService, now: Date) {
  const limit = tenant.state.switches.monthlyMeetingLimit;
  if (limit === null || meetings.countInMonth(id, now.toISOString()) < limit) return;
  const nextMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
  throw new ThrottledError((nextMonth - now.getTime()) / 1000);
}
