import { ownRequestId } from '../meetings/derived-ids';
import type { Problem } from '../errors/meeting-error';
import { isAbsent } from '../requests/readers/scalar';
import { requestIdOf } from '../requests/parse/parse-meeting-request';
import type { InputObject } from './intake/defaults';

/** A signed-in user who sends rows from the page. */
export interface BatchCaller {
  /** Object id. */
  readonly id: string;
  readonly name: string;
  /** User principal name, accepted instead of the object id. */
  readonly userName: string;
  /** Whether they may only make meetings of their own. */
  readonly ownOnly: boolean;
}

interface CallersRequest {
  readonly input: InputObject;
  readonly problems?: readonly Problem[];
}

/**
 * A request as this caller may send it. A caller who may only make meetings of their own becomes the organizer, and the
 * requestId gets a prefix of theirs, unless it already has one from a sheet of results.
 */
export function asCaller(
  input: InputObject,
  { id, userName, ownOnly }: BatchCaller,
): CallersRequest {
  if (!ownOnly) return { input };
  const { organizer, organizerPool, ...others } = input;
  const key = requestIdOf(input);
  const own = {
    ...others,
    organizer: id,
    ...(key !== undefined && { requestId: inOwnSpace(id, key) }),
  };
  if (!isAbsent(organizerPool)) return { input: own, problems: [noPool] };
  return isAbsent(organizer) || isCaller(organizer, [id, userName])
    ? { input: own }
    : { input: own, problems: [notYours] };
}

const inOwnSpace = (id: string, key: string): string => {
  const space = ownRequestId(id, '');
  return key.startsWith(space) ? key : ownRequestId(id, key);
};

const isCaller = (organizer: unknown, names: readonly string[]): boolean =>
  typeof organizer === 'string' &&
  names.some((name) => name.toLowerCase() === organizer.trim().toLowerCase());

const notYours: Problem = {
  code: 'notYours',
  target: 'organizer',
  message:
    'You can create only your own meetings. Leave out organizer, or ask for the Meetings.Create role.',
};

const noPool: Problem = {
  ...notYours,
  target: 'organizerPool',
  message:
    'You can create only your own meetings. Leave out organizerPool, or ask for the Meetings.Create role.',
};
