import { hash } from 'node:crypto';
import type { CalendarChange } from '../calendar/changed-calendar';
import { actions, type Action, type MeetingRequest } from '../../requests/meeting-request';
import type { MessageMetadata } from '../../requests/message-metadata';
import type { OnlineMeetingInput } from '../../requests/online-meeting';
import { isRecord } from '../../requests/readers/scalar';

/** A request that is about a meeting which may be there already. */
export type ChangeRequest = MeetingRequest & {
  readonly requestId: string;
  readonly action: Exclude<Action, 'create'>;
};

/** One change of one request. */
export interface Change {
  /** What makes it this change: its revision and its content, and which retry of its batch sent it. */
  readonly key: string;
  /** Of two changes of one request the one with the higher revision holds. */
  readonly revision: number;
  /** The caller chose the revision, so it belongs to one change only. */
  readonly isNumbered: boolean;
  /** It comes from a pass over a batch that has ended, so its request was there. */
  readonly isOfPass: boolean;
  readonly request: ChangeRequest;
  /** The batch that brings it as one of its rows for the first time. */
  readonly rowOf?: string;
}

/** A change that an attempt holds, written down before Graph is called, so that anybody can finish it. */
export interface PendingChange {
  readonly key: string;
  readonly revision: number;
  readonly action: 'update' | 'cancel';
  /** What is sent to Graph: whole properties, people as they were written. Empty for a cancel. */
  readonly properties: OnlineMeetingInput;
  /** What changes of the event, if the meeting has one. */
  readonly calendar?: CalendarChange;
  readonly comment?: string;
  readonly refresh?: true;
  readonly attempts: number;
  /** Milliseconds since 1970. Zero: nobody holds it. */
  readonly leaseUntil: number;
  /** An earlier attempt was interrupted after it may have reached Graph. */
  readonly mayHaveEffect?: true;
  /** Where it came from; belongs to its result. */
  readonly metadata: Pick<
    MessageMetadata,
    'acceptedDateTime' | 'batchId' | 'index' | 'pass' | 'traceparent'
  >;
}

export const isChange = (request: MeetingRequest): request is ChangeRequest =>
  request.requestId !== undefined && (request.action ?? actions[0]) !== 'create';

/** The revision of a request: its own, or when it was accepted. */
export const revisionOf = (
  { revision }: MeetingRequest,
  { acceptedDateTime }: MessageMetadata,
): number => revision ?? Date.parse(acceptedDateTime);

export function toChange(request: ChangeRequest, metadata: MessageMetadata): Change {
  const revision = revisionOf(request, metadata);
  const { action, organizer, organizerPool, meeting, comment = '', refresh = false } = request;
  const { batchId, pass } = metadata;
  const retry = pass === undefined ? [] : [batchId, pass];
  const calendar = request.calendar === undefined ? [] : [request.calendar];
  const said = [action, organizer.toLowerCase(), meeting, comment, refresh];
  const pool = organizerPool === undefined ? [] : [{ organizerPool }];
  const content = canonical([...said, ...calendar, ...pool, ...retry]);
  return {
    key: keyOf(revision, content),
    revision,
    isNumbered: request.revision !== undefined,
    isOfPass: pass !== undefined,
    request,
    ...(batchId !== undefined && pass === undefined && { rowOf: batchId }),
  };
}

/** In order of the revisions, since all numbers have as many digits. */
const keyOf = (revision: number, content: string): string =>
  `${String(revision).padStart(16, '0')}-${hash('sha256', content, 'base64url').slice(0, 22)}`;

/** The same text for the same content, whatever the order of its properties. */
const canonical = (content: unknown): string =>
  JSON.stringify(content, (_name, value: unknown) =>
    isRecord(value)
      ? Object.fromEntries(
          Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : value,
  );
