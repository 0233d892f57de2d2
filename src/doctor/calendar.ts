import { failed, passed, unknown, type Finding } from './finding';
import type { GraphAnswer, Probes } from './probes';

const check = 'calendar';

interface Calendar {
  readonly allowedOnlineMeetingProviders?: readonly string[];
}

/** Asks for the organizer's calendar: access is granted in Exchange, so no token shows it. */
export const probeCalendar = (organizerId: string, { graph }: Probes): Promise<GraphAnswer> =>
  graph({
    method: 'GET',
    path: `/users/${organizerId}/calendar?$select=allowedOnlineMeetingProviders,defaultOnlineMeetingProvider`,
  });

/** Whether meetings can be made in the organizer's calendar. `group` is the setting CALENDAR_GROUP. */
export function diagnoseCalendar(answer: GraphAnswer, group: string): Finding {
  if (answer.kind === 'none') return unknown(check, 'Microsoft Graph did not respond.');
  const { status, code } = answer;
  const evidence = { status, group, ...(code !== '' && { code }) };
  if (status === 403)
    return failed(check, 'The app is not allowed to use this organizer’s calendar.', {
      remedy:
        'To allow it, add the organizer directly to the group, and run the script. The change takes effect in Exchange within two hours.',
      command: `./infra/scripts/Grant-CalendarAccess.ps1 -ClientId $CONVOKE_IDENTITY_CLIENT_ID -ObjectId $CONVOKE_IDENTITY_PRINCIPAL_ID -Group '${group.replaceAll("'", "''")}'`,
      evidence,
    });
  if (status === 404)
    return failed(check, 'The organizer has no mailbox in Exchange Online.', {
      remedy: 'Specify an organizer who has one, or leave out calendar.',
      evidence,
    });
  if (status !== 200) return unknown(check, `Microsoft Graph returned ${status}.`, { evidence });
  const { allowedOnlineMeetingProviders = [] } = answer.body as Calendar;
  if (!allowedOnlineMeetingProviders.includes('teamsForBusiness'))
    return failed(check, 'The mailbox of the organizer does not allow Teams meetings.', {
      remedy: 'Upgrade this mailbox to Teams-only mode to allow Teams meetings.',
      evidence,
    });
  return passed(
    check,
    'The app can use this organizer’s calendar, and the mailbox allows Teams meetings. The doctor cannot check whether the tenant lets apps read transcripts.',
    { evidence },
  );
}
