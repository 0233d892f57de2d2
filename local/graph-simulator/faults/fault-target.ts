import type { GraphRequest } from '../call';
import type { FaultTarget } from './faults';
import type { MeetingStore } from '../meetings/meeting-store';

const oneMeeting = /(\/onlineMeetings)\/([^/]+)$/i;

/** A request as the fault rules see it. One about an existing meeting goes by that meeting's externalId and subject. */
export function toFaultTarget(request: GraphRequest, meetings: MeetingStore): FaultTarget {
  const { method, path, text, json } = request;
  const meeting = meetings.byId(oneMeeting.exec(path)?.[2] ?? '')?.meeting;
  const externalId = meeting?.externalId ?? readString(json, 'externalId');
  const subject = meeting?.subject ?? readString(json, 'subject');
  const place = meeting === undefined ? path : path.replace(oneMeeting, '$1/*');
  const key = `${method} ${place} ${externalId ?? subject ?? ''}`;
  return { method, path, text, externalId, subject, key };
}

function readString(json: unknown, name: 'externalId' | 'subject'): string | null {
  if (typeof json !== 'object' || json === null) return null;
  const value: unknown = new Map(Object.entries(json)).get(name);
  return typeof value === 'string' ? value : null;
}
