import type { GraphDependencies } from '../dependencies';

import type { CallOptions } from '../ports';
import { withRetries } from './retry';
import { MeetingError, toMeetingError, withExecuted } from '../../errors/meeting-error';
import type { Attendee, OnlineMeetingInput } from '../../requests/online-meeting';

type PeopleDependencies = Omit<GraphDependencies, 'provider'>;

/** The organizer's object id. @throws MeetingError `organizerNotFound`, or as the directory. */
export async function findOrganizer(
  given: string,
  options: CallOptions,
  deps: PeopleDependencies,
): Promise<string> {
  const id = await findUser(given, options, deps);
  if (id !== undefined) return id;
  throw new MeetingError('organizerNotFound', 'No user in the tenant has this name or address.', {
    target: 'organizer',
  });
}

/**
 * Adds the object ids of presenters and co-organizers: these roles need an Entra identity, so people given by name are
 * looked up.
 */
export async function withIdentities(
  meeting: OnlineMeetingInput,
  options: CallOptions,
  deps: PeopleDependencies,
): Promise<OnlineMeetingInput> {
  const attendees = meeting.participants?.attendees;
  if (attendees === undefined) return meeting;
  const resolved = await Promise.all(
    attendees.map(async (attendee, index) => {
      const { role = 'attendee', upn, identity } = attendee;
      if (role === 'attendee' || identity !== undefined || upn === undefined) return attendee;
      const id = await findUser(upn, options, deps);
      if (id === undefined) throw attendeeWithoutIdentity(index, role);
      return { ...attendee, identity: { user: { id } } };
    }),
  );
  return { ...meeting, participants: { ...meeting.participants, attendees: resolved } };
}

/** Looks up a user. A failure certainly had no effect in Graph. */
async function findUser(
  given: string,
  options: CallOptions,
  deps: PeopleDependencies,
): Promise<string | undefined> {
  try {
    return await withRetries(
      () => deps.directory.findUserId(given, options),
      { repeatable: true, deadline: options.deadline },
      deps,
    );
  } catch (thrown) {
    throw withExecuted(toMeetingError(thrown), 'no');
  }
}

function attendeeWithoutIdentity(index: number, role: NonNullable<Attendee['role']>): MeetingError {
  const target = `meeting.participants.attendees[${index}].role`;
  const message = `Only people with a Microsoft Entra identity can be ${role}. This address does not belong to a user in the tenant.`;
  return new MeetingError('invalidRequest', message, {
    target,
    details: [{ code: 'noEntraIdentity', target, message }],
  });
}
