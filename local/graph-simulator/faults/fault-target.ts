import type { GraphRequest, GraphService } from '../call';
import type { FaultTarget } from './faults';

const oneMeeting = /(\/onlineMeetings)\/([^/]+)$/i;
const oneEvent = /(\/events)\/([^/]+)/i;

type Stores = Pick<GraphService, 'meetings' | 'events'>;

/**
 * A request as the fault rules see it. One about an existing meeting or event goes by its own externalId and subject.
 */
export function toFaultTarget(request: GraphRequest, stores: Stores): FaultTarget {
  const { method, path, text, json } = request;
  const known = findKnown(path, stores);
  const externalId = known?.externalId ?? readString(json, 'externalId');
  const subject = known?.subject ?? readString(json, 'subject');
  const key = `${method} ${known?.place ?? path} ${externalId ?? subject ?? ''}`;
  return { method, path, text, externalId, subject, key };
}

function findKnown(path: string, { meetings, events }: Stores) {
  const meeting = meetings.byId(oneMeeting.exec(path)?.[2] ?? '')?.meeting;
  if (meeting !== undefined) return { ...meeting, place: path.replace(oneMeeting, '$1/*') };
  const event = events.byId(decode(oneEvent.exec(path)?.[2] ?? ''))?.event;
  if (event === undefined) return undefined;
  return { externalId: null, subject: event.subject, place: path.replace(oneEvent, '$1/*') };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function readString(json: unknown, name: 'externalId' | 'subject'): string | null {
  if (typeof json !== 'object' || json === null) return null;
  const value: unknown = new Map(Object.entries(json)).get(name);
  return typeof value === 'string' ? value : null;
}
