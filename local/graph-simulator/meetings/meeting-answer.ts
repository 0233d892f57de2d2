import { header, type GraphRequest } from '../call';
import { makeJoinInformation } from './join-information';
import type { Meeting } from './meeting';
import { selectProperties } from '../odata';

/** Members that Graph added to its enums later; a caller sees them only on request. */
const laterMembers = new Set(['invited', 'organizationExcludingGuests', 'producer', 'coorganizer']);

/** The undeclared `autoAdmittedUsers` names the lobby scope as Teams does. */
const autoAdmittedUsers: Readonly<Record<string, string>> = {
  organizer: 'organizerOnly',
  organization: 'everyoneInCompany',
  organizationAndFederated: 'everyoneInSameAndFederatedCompany',
  everyone: 'everyone',
  invited: 'invitedUsers',
  organizationExcludingGuests: 'everyoneInCompanyExcludingGuests',
};

type EnumReader = (value: string) => string;

/** The meeting in the answer to this request: in its language, with or without the later enum members. */
export function toMeetingBody(meeting: Meeting, request: GraphRequest): object {
  const asksForAll = /include-unknown-enum-members/i.test(header(request, 'prefer') ?? '');
  const read: EnumReader = (value) =>
    asksForAll || !laterMembers.has(value) ? value : 'unknownFutureValue';
  const { lobbyBypassSettings, participants } = meeting;
  const scope = read(lobbyBypassSettings.scope ?? 'organization');
  const body = {
    ...meeting,
    autoAdmittedUsers: autoAdmittedUsers[scope] ?? scope,
    lobbyBypassSettings: { ...lobbyBypassSettings, scope },
    participants: {
      ...participants,
      attendees: participants.attendees.map((attendee) => ({
        ...attendee,
        role: read(attendee.role),
      })),
    },
    joinInformation: makeJoinInformation(meeting, header(request, 'accept-language')),
  };
  return selectProperties(body, request.query);
}

/** The `@odata.context` of one meeting. */
export function meetingContext(organizerId: string): string {
  return `https://graph.microsoft.com/v1.0/$metadata#users('${organizerId}')/onlineMeetings/$entity`;
}
