import type { Random } from '../../local/graph-simulator/random';
import { createOrGetId } from '../../src/meetings/derived-ids';
import { pick } from './pick';

/** One request of the trial, in the format of `createMeeting`. */
export interface TrialRequest {
  readonly requestId: string;
  /** Absent where a pool is named. */
  readonly organizer?: string;
  readonly organizerPool?: string;
  readonly meeting: {
    /** Begins with the name of the request, so that its meetings can be counted. */
    readonly subject: string;
    readonly startDateTime: string;
    readonly endDateTime: string;
    readonly [option: string]: unknown;
  };
  readonly calendar?: { readonly invite: readonly string[] };
  readonly externalId?: string;
  /** Has an option that exists only at creation. */
  readonly createOnly: boolean;
}

const organizers = [
  'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
  'dc17674c-81d9-4adb-bfb2-8f6a442e4602',
  'chloe@contoso.onmicrosoft.com',
] as const;

/** The pool that some requests name. */
export const poolName = 'teachers';

const chances = { createOrGet: 0.1, pool: 0.25, calendar: 0.08, createOnly: 0.2, options: 0.5 };

/** In the future, because past meetings are refused. */
const nextYear = new Date().getUTCFullYear() + 1;

/** Makes a request with a random organizer and options. `name` becomes its id, except for createOrGet. */
export function makeRequest(name: string, random: Random): TrialRequest {
  const named = pick(organizers, random);
  const hasOptions = random() < chances.options;
  const meeting = {
    subject: `Meeting ${name}`,
    startDateTime: `${nextYear}-12-01T14:30:00Z`,
    endDateTime: `${nextYear}-12-01T15:00:00Z`,
    ...(hasOptions && lobby('everyone')),
  };
  if (random() < chances.createOrGet) {
    const requestId = createOrGetId(named, name);
    return { requestId, organizer: named, externalId: name, meeting, createOnly: false };
  }
  const who = random() < chances.pool ? { organizerPool: poolName } : { organizer: named };
  if (random() < chances.calendar) {
    const calendar = { invite: [`one.${name}@fabrikam.com`, `other.${name}@fabrikam.com`] };
    const open = { ...meeting, ...lobby('everyone') };
    return { requestId: name, ...who, meeting: open, calendar, createOnly: false };
  }
  // The share among the others that makes a fifth of all.
  const createOnly = random() < chances.createOnly / (1 - chances.createOrGet - chances.calendar);
  const passcode = { joinMeetingIdSettings: { isPasscodeRequired: true } };
  return {
    requestId: name,
    ...who,
    meeting: { ...meeting, ...(createOnly && passcode) },
    createOnly,
  };
}

/** Returns the property that lets these people in without waiting. */
export const lobby = (scope: string) => ({ lobbyBypassSettings: { scope } });

/** The common beginning of the subjects of a request's meetings, at any revision. */
export const nameOf = (subject: string | null | undefined): string =>
  (subject ?? '').split(',')[0] ?? '';
