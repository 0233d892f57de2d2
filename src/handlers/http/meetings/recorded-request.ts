import { MeetingError } from '../../../errors/meeting-error';
import type { Fingerprint } from '../../../meetings/ledger';
import type { RequestLedger } from '../../../meetings/request-ledger';
import type { MeetingRequest } from '../../../requests/meeting-request';
import { isRecord } from '../../../requests/readers/scalar';

/**
 * Whether a body has no properties of a meeting. Graph's SDKs for C#, Java, Python and PHP send such a body when the
 * same object is sent a second time: https://github.com/microsoft/kiota/issues/3883
 */
export const isEmptyMeeting = (body: unknown): boolean =>
  isRecord(body) && Object.keys(body).every((name) => name.includes('@'));

/**
 * The request that was first sent under this id.
 * @throws MeetingError `invalidRequest` if it is unknown: Graph itself would make an unintended meeting.
 */
export async function recordedRequest(
  requestId: string | undefined,
  organizer: string,
  ledger: Pick<RequestLedger, 'read'>,
): Promise<MeetingRequest> {
  const stored = requestId === undefined ? undefined : await ledger.read(requestId);
  if (requestId === undefined || stored === undefined) throw emptyMeeting();
  const { request, fingerprint, progress } = stored.entry;
  if (request === undefined && progress.state !== 'finished') throw emptyMeeting();
  return { ...(request ?? fromFingerprint(fingerprint)), requestId, organizer };
}

/** The properties by which a request is recognized as the finished one. */
function fromFingerprint({ organizer, externalId, ...meeting }: Fingerprint): MeetingRequest {
  const given = Object.entries(meeting).filter(([, value]) => value !== null);
  return {
    organizer,
    ...(externalId !== null && { externalId }),
    meeting: Object.fromEntries(given),
  };
}

const emptyMeeting = (): MeetingError =>
  new MeetingError(
    'invalidRequest',
    'The body is empty. Graph SDKs send only what has changed since an object was last sent.',
    {
      remedy:
        'Create a new object for each attempt. For a meeting without a subject that starts now, send {"subject": null}.',
    },
  );
