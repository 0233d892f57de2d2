import type { CallOptions } from '../meetings/ports';
import { byTitle, type Choice } from './choice';

/** A user who may organize meetings. */
export interface Person {
  readonly displayName: string;
  readonly userPrincipalName: string;
}

/** The users of the tenant, for choosing an organizer. */
export interface People {
  /**
   * Finds at most 100 users whose name or address begins with the text, or any users if it is empty. Omits guests and
   * disabled accounts.
   * @throws MeetingError `directoryPermissionMissing` unless the operator lets the app look up people.
   */
  find(beginning: string, options: CallOptions): Promise<readonly Person[]>;
}

/** Finds organizers by the beginning of their name or address, sorted by name. Limits and errors as `People.find`. */
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
