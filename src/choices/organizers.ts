import type { CallOptions } from '../meetings/ports';
import { byTitle, type Choice } from './choice';

/** Somebody who may organize meetings. */
export interface Person {
  readonly displayName: string;
  readonly userPrincipalName: string;
}

export interface People {
  /**
   * Users whose name or address begins with the text, a hundred at most; any without it. Neither guests nor disabled accounts.
   * @throws MeetingError `directoryPermissionMissing` unless the operator lets the app look up people.
   */
  find(beginning: string, options: CallOptions): Promise<readonly Person[]>;
}

export const organizerChoices = async (
  beginning: string,
  people: People,
  options: CallOptions,
): Promise<readonly Choice[]> =>
  (await people.find(beginning, options))
    .map(({ displayName, userPrincipalName }) => ({
      value: userPrincipalName,
      title: `${displayName} (${userPrincipalName})`,
    }))
    .sort(byTitle);
