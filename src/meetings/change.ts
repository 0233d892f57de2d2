import { hash } from 'node:crypto';
import type { CalendarChange } from '../requests/calendar';
import { actions, type Action, type MeetingRequest } from '../requests/meeting-request';
import type { MessageMetadata } from '../requests/message-metadata';
import type { OnlineMeetingInput } from '../requests/online-meeting';
import { isRecord } from '../requests/readers/scalar';

/** A request about a meeting that may already exist. */
export type ChangeRequest = MeetingRequest & {
  readonly requestId: string;
  readonly action: Exclude<Action, 'create'>;
};

/** One change of one request. */
export interface Change {
  /** Identifies the change by its revision, its content, and the retry of its batch that sent it. */
  readonly key: string;
  /** Of two changes of one request, the one with the higher revision wins. */
  readonly revision: number;
  /** The caller chose the revision, so it belongs to one change only. */
  readonly isNumbered: boolean;
  /** It comes from a pass over a finished batch, so its request existed. */
  readonly isOfPass: boolean;
  readonly request: ChangeRequest;
  /** The batch that first sent it as one of its rows. */
  readonly rowOf?: string;
}

/** A change that an attempt holds. It is recorded before Graph is called, so that any other attempt can finish it. */
export interface PendingChange {
  readonly key: string;
  readonly revision: number;
  readonly action: 'update' | 'cancel';
  /** The properties to send to Graph: whole properties, with people as the caller gave them. Empty for a cancel. */
  readonly properties: OnlineMeetingInput;
  /** The change of the event, if the meeting has one. */
  readonly calendar?: CalendarChange;
  readonly comment?: string;
  readonly refresh?: true;
  readonly attempts: number;
  /** Milliseconds since 1970. Zero: no attempt holds it. */
  readonly leaseUntil: number;
  /** An earlier attempt was interrupted after it may have reached Graph. */
  readonly mayHaveEffect?: true;
  /** Metadata of the message, for the result. */
  readonly metadata: Pick<
    MessageMetadata,
    'acceptedDateTime' | 'batchId' | 'index' | 'pass' | 'traceparent'
  >;
}

/** Whether the request changes a meeting instead of only creating one. */
export const isChange = (request: MeetingRequest): request is ChangeRequest =>
  request.requestId !== undefined && (request.action ?? actions[0]) !== 'create';

/** The revision of a request: the given one, or the time when it was accepted. */
export const revisionOf = (
  { revision }: MeetingRequest,
  { acceptedDateTime }: MessageMetadata,
): number => revision ?? Date.parse(acceptedDateTime);

/** The change in a request. Its key is unique to the revision, the content, and the retry of its batch. */
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

/** Keys sort by revision, because all numbers are padded to the same length. */
const keyOf = (revision: number, content: string): string =>
  `${String(revision).padStart(16, '0')}-${hash('sha256', content, 'base64url').slice(0, 22)}`;

/** The same text for the same content, independent of the order of properties. */
const canonical = (content: unknown): string =>
  JSON.stringify(content, (_name, value: unknown) =>
    isRecord(value)
      ? Object.fromEntries(
          Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : value,
  );
