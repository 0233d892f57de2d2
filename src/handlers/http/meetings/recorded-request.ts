import { MeetingError } from '../../../errors/meeting-error';
import type { Fingerprint } from '../../../meetings/ledger';
import type { RequestLedger } from '../../../meetings/ports';
import type { MeetingRequest } from '../../../requests/meeting-request';
import { isRecord } from '../../../requests/readers/scalar';

/**
 * Whether a body says nothing about the meeting. Graph's SDKs for C#, Java, Python and PHP send this when an object that was
 * sent once is sent again: https://github.com/microsoft/kiota/issues/3883
 */
export const isEmptyMeeting = (body: unknown): boolean =>
  isRecord(body) && Object.keys(body).every((name) => name.includes('@'));

/**
 * What was asked for under this id the first time.
 * @throws MeetingError `invalidRequest` when that is not known: Graph itself would make a meeting that nobody meant.
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

/** Enough of a request to be known as the one that has ended. */
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
        'Build a new object for each try. For a meeting without a subject that starts now, send {"subject": null}.',
    },
  );
