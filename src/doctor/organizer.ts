import { failed, passed, unknown, type Finding } from './finding';
import type { GraphAnswer } from './probes';

/**
 * Checks whether the app may look up people. If there is no organizer to look up, a missing permission is a choice, not
 * a fault.
 */
export function diagnosePeople(answer: GraphAnswer, needed: boolean): Finding {
  const check = 'people';
  if (answer.kind === 'none') return unknown(check, 'Microsoft Graph did not respond.');
  if (answer.status === 200)
    return passed(
      check,
      'The app is allowed to look up people, so organizers can be specified by name or email address.',
    );
  if (answer.status !== 403)
    return unknown(check, `Microsoft Graph returned ${answer.status}.`, {
      evidence: evidenceOf(answer),
    });
  const say = needed ? failed : unknown;
  return say(
    check,
    'The app is not allowed to look up people, so organizers must be specified by object id.',
    {
      remedy: 'Send object ids, or grant User.Read.All before the app requests its next token.',
      command:
        'node infra/scripts/grant-graph-permissions.mjs --client-id $CONVOKE_IDENTITY_CLIENT_ID --look-up-people',
    },
  );
}

interface User {
  readonly id?: string;
  readonly userType?: string | null;
}

/** The users in an answer: one user, or a list of them. */
export function usersIn(answer: GraphAnswer): readonly User[] {
  if (answer.kind === 'none' || answer.status !== 200) return [];
  const body = answer.body as User & { value?: readonly User[] };
  return body.value ?? [body];
}

/** Checks whether the organizer is a member of the tenant. */
export function diagnoseOrganizer(given: string, answer: GraphAnswer): Finding {
  const check = 'organizer';
  if (answer.kind === 'none') return unknown(check, 'Microsoft Graph did not respond.');
  if (answer.status === 403)
    return unknown(check, 'The app cannot look up whether this user exists.');
  const found = usersIn(answer);
  const [user] = found;
  if (answer.status === 404 || (answer.status === 200 && user === undefined)) {
    return failed(check, 'This user does not exist in the tenant.', {
      remedy:
        'Specify a user of this tenant by object id, user principal name or email address. A group cannot organize meetings.',
      evidence: { given },
    });
  }
  if (user === undefined)
    return unknown(check, `Microsoft Graph returned ${answer.status}.`, {
      evidence: evidenceOf(answer),
    });
  if (found.length > 1) {
    return failed(check, 'More than one user has this address.', {
      remedy: 'Specify the user by object id.',
      evidence: { given },
    });
  }
  const evidence = { id: user.id ?? '' };
  if (user.userType !== 'Guest')
    return passed(check, 'The organizer is a user of this tenant.', { evidence });
  return failed(check, 'The organizer is a guest, and guests cannot organize meetings.', {
    remedy: 'Specify a member of this tenant.',
    evidence,
  });
}

/** Older and newer texts of the same refusal. Its code varies, so only the message identifies it. */
const policyMissing = /application access policy|not authorized to .* on behalf of/i;
/** Graph's answer about somebody else's meeting; only an authorized app gets it. */
const notTheirs = /^3003\b/;
const notLicensed = /TeamsMeetingProcessorException|\b9024\b|licen[cs]e/i;

const isLicenceRefusal = (answer: GraphAnswer): boolean =>
  answer.kind === 'reply' && answer.status === 403 && notLicensed.test(answer.message);

interface PolicyContext {
  readonly clientId: string;
  readonly organizerId: string;
  /** False if the token lacks the role: that explains every refusal. */
  readonly hasRole: boolean;
}

/** Checks whether Teams lets the app act for the organizer, from a search for a meeting that cannot exist. */
export function diagnoseAccessPolicy(
  answer: GraphAnswer,
  { clientId, organizerId, hasRole }: PolicyContext,
): Finding {
  const check = 'accessPolicy';
  if (answer.kind === 'none') return unknown(check, 'Microsoft Graph did not respond.');
  const { status, code, message } = answer;
  const evidence = evidenceOf(answer);
  if (status === 200 || (status === 404 && !/^UnknownError$/i.test(code))) {
    return passed(check, 'Microsoft Graph lets the app act for this organizer.', { evidence });
  }
  if (status === 404)
    return unknown(check, 'Microsoft Graph does not know this user.', { evidence });
  if (status !== 403) return unknown(check, `Microsoft Graph returned ${status}.`, { evidence });
  if (!hasRole)
    return unknown(check, 'Microsoft Graph refuses every call while the role is missing.', {
      evidence,
    });
  const command = `./infra/scripts/Grant-AccessPolicy.ps1 -ClientId ${clientId} -UserId ${organizerId}`;
  if (policyMissing.test(message)) {
    return failed(check, 'No application access policy lets the app act for this organizer.', {
      remedy:
        'Grant the organizer, or their group, a policy that lists the client id of the app’s identity (not its object id). The change takes effect within 30 minutes.',
      command,
      evidence,
    });
  }
  if (notTheirs.test(message) || notLicensed.test(message))
    return passed(check, 'Microsoft Graph accepts the policy.', { evidence });
  return failed(check, 'Microsoft Graph refuses this organizer without saying why.', {
    remedy:
      'This happens for guests, and while a policy has not taken effect. Grant the policy, wait 30 minutes, and run the doctor again.',
    command,
    evidence,
  });
}

interface LicenceDetails {
  readonly value?: readonly {
    readonly servicePlans?: readonly {
      readonly servicePlanName?: string;
      readonly provisioningStatus?: string;
    }[];
  }[];
}

/** Whether a user's licences include Teams: https://learn.microsoft.com/graph/api/user-list-licensedetails */
export function teamsIn(licenceDetails: unknown): 'ready' | 'off' | 'missing' {
  const plans = ((licenceDetails as LicenceDetails).value ?? []).flatMap(
    ({ servicePlans }) => servicePlans ?? [],
  );
  const teams = plans.filter(
    ({ servicePlanName }) => servicePlanName?.startsWith('TEAMS') === true,
  );
  if (teams.some(({ provisioningStatus }) => provisioningStatus === 'Success')) return 'ready';
  return teams.length === 0 ? 'missing' : 'off';
}

/** Checks whether the organizer may use Teams. */
export function diagnoseLicence(licences: GraphAnswer, meetings: GraphAnswer): Finding {
  const check = 'licence';
  const remedy =
    'Assign a licence that includes Microsoft Teams, and turn Teams on in it. Alternatively, specify another organizer.';
  if (isLicenceRefusal(meetings))
    return failed(
      check,
      'Microsoft Graph refuses the organizer because of a missing Teams licence.',
      { remedy },
    );
  if (licences.kind === 'none' || licences.status !== 200) {
    return unknown(check, 'Licences cannot be read with the app’s permissions.');
  }
  const teams = teamsIn(licences.body);
  if (teams === 'ready') return passed(check, 'The organizer has Microsoft Teams.');
  const meaning =
    teams === 'missing'
      ? 'The organizer has no licence that includes Microsoft Teams.'
      : 'Microsoft Teams is switched off for the organizer.';
  return failed(check, meaning, { remedy });
}

/** Graph's status and message, without the parts that repeat the request. */
function evidenceOf(answer: GraphAnswer): Record<string, string | number> {
  if (answer.kind === 'none') return { reason: answer.reason };
  const { status, code, message } = answer;
  return {
    status,
    ...(code !== '' && { code }),
    ...(message !== '' && { message: message.slice(0, 200) }),
  };
}
