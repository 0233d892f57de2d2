import { isGuid } from '../requests/identity';
import { failed, passed, unknown, worstOf, type Finding, type Report } from './finding';
import { diagnoseCalendar, probeCalendar } from './calendar';
import { diagnoseInstallation, type Installation } from './installation';
import { diagnoseClock, diagnoseGraph } from './graph';
import {
  diagnoseAccessPolicy,
  diagnoseLicence,
  diagnoseOrganizer,
  diagnosePeople,
  usersIn,
} from './organizer';
import { checkPools, type PoolSettings } from './pools';
import { probeMeeting } from './probe-meeting';
import type { Probes, StorageResource, TokenAnswer } from './probes';
import { diagnoseAccess, diagnoseQueue } from './storage';
import { diagnoseRole, diagnoseToken, grantedIn, meetingsPermission } from './token';

/** What to check besides the app itself. */
interface CheckRequest {
  /** Object id, user principal name or email address. */
  readonly organizer?: string;
  /** Whether to create one meeting and delete it. */
  readonly probe: boolean;
}

/** The deployed app. `probes` is absent if the settings are too wrong to build them. */
export interface CheckContext {
  readonly settingProblems: readonly { readonly target: string; readonly message: string }[];
  readonly resources: readonly StorageResource[];
  /** Queues that the app reads. */
  readonly inbound: readonly string[];
  readonly graphBaseUrl: string;
  readonly graphScope: string;
  readonly probes: Probes | undefined;
  /** Undefined if the settings cannot be read. */
  readonly installation: Installation | undefined;
  /** The group whose mailboxes the app may use; absent where calendars are not set up. */
  readonly calendarGroup?: string | undefined;
  /** Absent where there are none. */
  readonly pools?: PoolSettings | undefined;
  readonly now: () => Date;
}

/** Checks everything that creating a meeting needs, and explains each problem. Changes nothing unless `probe` is set. */
export async function runChecks(request: CheckRequest, context: CheckContext): Promise<Report> {
  const { probes } = context;
  const others = probes === undefined ? [] : await runProbes(request, { ...context, probes });
  const { installation } = context;
  const findings = [
    ...diagnoseSettings(context),
    ...(installation === undefined ? [] : diagnoseInstallation(installation)),
    ...others,
  ];
  return {
    status: worstOf(findings),
    checkedDateTime: context.now().toISOString(),
    ...(request.organizer !== undefined && { organizer: request.organizer }),
    findings,
  };
}

type ProbingContext = CheckContext & { readonly probes: Probes };

function diagnoseSettings({ settingProblems }: CheckContext): Finding[] {
  if (settingProblems.length === 0) return [passed('configuration', 'All settings are valid.')];
  return settingProblems.map(({ target, message }) =>
    failed('configuration', message, {
      remedy: `Correct the app setting ${target}. No other check can run before that.`,
      command: `az functionapp config appsettings set --resource-group $AZURE_RESOURCE_GROUP --name $CONVOKE_FUNCTION_APP_NAME --settings ${target}=…`,
      evidence: { setting: target },
    }),
  );
}

async function runProbes(request: CheckRequest, context: ProbingContext): Promise<Finding[]> {
  const [storage, queues, graph] = await Promise.all([
    Promise.all(
      context.resources.map(async (resource) =>
        diagnoseAccess(resource, await context.probes.access(resource)),
      ),
    ),
    Promise.all(
      context.inbound.map(async (name) => diagnoseQueue(name, await context.probes.queue(name))),
    ),
    checkGraph(request, context),
  ]);
  return [...storage, ...queues, ...graph];
}

async function checkGraph(request: CheckRequest, context: ProbingContext): Promise<Finding[]> {
  const { probes, graphBaseUrl, graphScope, now } = context;
  const [root, token] = await Promise.all([
    probes.graph({ method: 'GET', path: '', anonymous: true }),
    probes.token(),
  ]);
  const reachable = [diagnoseGraph(root, graphBaseUrl), diagnoseClock(root)];
  if (token.kind === 'refused') {
    return [
      ...reachable,
      diagnoseToken(token, { scope: graphScope, now: now(), used: root }),
      diagnoseRole(token, 'unknown'),
    ];
  }
  const people = await probes.graph({ method: 'GET', path: '/users?$top=1&$select=id' });
  const { organizer } = request;
  return [
    ...reachable,
    diagnoseToken(token, { scope: graphScope, now: now(), used: people }),
    diagnoseRole(token, await grantedToken(token, probes)),
    diagnosePeople(people, organizer !== undefined && !isGuid(organizer)),
    ...(context.pools === undefined ? [] : await checkPools(context.pools, probes)),
    ...(organizer === undefined
      ? []
      : await checkOrganizer(organizer, { ...context, token, probe: request.probe })),
  ];
}

/** Reads the directory only if the token lacks the role, because the directory may already list it. */
async function grantedToken(token: TokenAnswer, { graph }: Probes) {
  if (token.kind !== 'token' || token.claims.roles.includes(meetingsPermission)) return 'unknown';
  return grantedIn(
    await graph({
      method: 'GET',
      path: `/servicePrincipals/${token.claims.oid}/appRoleAssignments`,
    }),
  );
}

const byName = (name: string): string => {
  const literal = `'${name.replaceAll("'", "''")}'`;
  return `/users?$filter=${encodeURIComponent(`userPrincipalName eq ${literal} or mail eq ${literal}`)}&$select=id,userType&$top=2`;
};

async function checkOrganizer(
  given: string,
  context: ProbingContext & { readonly token: TokenAnswer; readonly probe: boolean },
): Promise<Finding[]> {
  const { graph } = context.probes;
  const path = isGuid(given) ? `/users/${given}?$select=id,userType` : byName(given);
  const user = await graph({ method: 'GET', path });
  const finding = diagnoseOrganizer(given, user);
  const organizerId = isGuid(given) ? given : usersIn(user)[0]?.id;
  if (finding.status === 'failed' || organizerId === undefined) {
    return [finding, unknown('accessPolicy', 'The policy can be checked only for a known user.')];
  }
  return [finding, ...(await checkRights(organizerId, context))];
}

/** Join link of a meeting that does not exist. A search for it passes the same checks as creating a meeting, and finds nothing. */
const noMeeting = (organizerId: string, tenantId: string): string => {
  const context = encodeURIComponent(JSON.stringify({ Tid: tenantId, Oid: organizerId }));
  return `https://teams.microsoft.com/l/meetup-join/19%3ameeting_convoke-doctor%40thread.v2/0?context=${context}`;
};

async function checkRights(
  organizerId: string,
  {
    probes,
    token,
    probe,
    calendarGroup,
  }: ProbingContext & { readonly token: TokenAnswer; readonly probe: boolean },
): Promise<Finding[]> {
  const user = `/users/${organizerId}`;
  const claims = token.kind === 'token' ? token.claims : undefined;
  const url = noMeeting(organizerId, claims?.tid ?? '');
  const search = `${user}/onlineMeetings?$filter=${encodeURIComponent(`JoinWebUrl eq '${url}'`)}`;
  const [meetings, licences] = await Promise.all([
    probes.graph({ method: 'GET', path: search }),
    probes.graph({ method: 'GET', path: `${user}/licenseDetails` }),
  ]);
  const context = {
    organizerId,
    clientId: claims?.appid ?? '$CONVOKE_IDENTITY_CLIENT_ID',
    hasRole: claims?.roles.includes(meetingsPermission) !== false,
  };
  return [
    diagnoseAccessPolicy(meetings, context),
    diagnoseLicence(licences, meetings),
    ...(calendarGroup === undefined
      ? []
      : [diagnoseCalendar(await probeCalendar(organizerId, probes), calendarGroup)]),
    ...(probe ? [await probeMeeting(organizerId, probes)] : []),
  ];
}
