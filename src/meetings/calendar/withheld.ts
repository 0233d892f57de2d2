import { MeetingError } from '../../errors/meeting-error';

/** The error when nobody is invited because the meeting lacks requested options. */
export function withheld({
  refusal,
  notApplied,
}: {
  readonly refusal?: MeetingError;
  readonly notApplied: readonly string[];
}): MeetingError {
  const why = refusal?.message ?? `Not applied: ${notApplied.join(', ')}.`;
  return new MeetingError(
    'invitationsWithheld',
    `The meeting is in the calendar, but not with the requested options. ${why}`,
    { graphRequestId: refusal?.graphRequestId, cause: refusal },
  );
}
