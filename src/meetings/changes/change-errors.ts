import { catalogue } from '../../errors/catalogue';
import { MeetingError } from '../../errors/meeting-error';

/** Maximum length of a change, in characters: a row holds 1 MiB, and the meeting is there too. */
export const maxPropertiesLength = 250_000;

/** Returns the refusal of a change that does not fit into a row. */
export const tooLarge = (): MeetingError =>
  new MeetingError(
    'requestTooLarge',
    `The change is longer than the limit of ${maxPropertiesLength} characters.`,
    { remedy: 'Change fewer properties at once, or invite fewer people.' },
  );

/** Returns the refusal of a change of an unknown request. */
export const requestNotFound = (): MeetingError =>
  new MeetingError('requestNotFound', 'There is no request with this requestId to change.', {
    target: 'requestId',
    remedy: 'Check the requestId. To create the meeting if there is none, use the upsert action.',
  });

/** Returns the refusal to cancel a request that is no longer stored. Its meeting may still exist. */
export const requestForgotten = (): MeetingError =>
  new MeetingError(
    'requestNotFound',
    'This request is no longer stored, so its meeting could not be cancelled.',
    { target: 'requestId', remedy: 'Delete the meeting in Teams, or by its id.' },
  );

/** Returns the refusal of a change that comes before the meeting. */
export const notMadeYet = (): MeetingError =>
  new MeetingError('requestInProgress', 'The meeting of this request has not been created yet.');

/** Returns the refusal of a change of a request without a meeting. `code`: of the error with which it ended. */
export const noMeeting = (isUnknown: boolean, code: string | undefined): MeetingError =>
  new MeetingError(
    'noMeeting',
    isUnknown
      ? 'It is unknown whether this request has a meeting.'
      : `This request has no meeting because it failed with ${code ?? 'an error'}.`,
    {
      target: 'requestId',
      ...(isUnknown && { remedy: catalogue.outcomeUnknown.remedy }),
    },
  );

/** Returns the refusal of another change under the same revision. */
export const revisionReused = (revision: number): MeetingError =>
  new MeetingError('revisionReused', `Another change of this request has revision ${revision}.`, {
    target: 'revision',
  });

/** Returns the refusal to change properties that only a new meeting can have. */
export function fixedAtCreation(names: readonly string[]): MeetingError {
  const details = names.map((name) => ({
    code: 'unsupportedProperty',
    target: `meeting.${name}`,
    message: `Microsoft Graph accepts ${name} only when a meeting is created, and this meeting has a different value.`,
  }));
  const [first] = details;
  return new MeetingError('invalidRequest', first?.message ?? '', {
    target: first?.target,
    details,
    remedy: 'Leave these properties as they are, or cancel the meeting and create a new one.',
  });
}
