/** The tenant of the fake Teams module. */
export interface Tenant {
  /** App ids by policy. */
  readonly policies?: Readonly<Record<string, readonly string[]>>;
  /** Groups that have a policy, the best rank first. */
  readonly groups?: readonly { readonly id: string; readonly policy: string }[];
  /** Users with their own policy and their groups, by id. */
  readonly users?: Readonly<
    Record<string, { readonly policy?: string; readonly groups?: readonly string[] }>
  >;
  /** The answer of a cmdlet instead of its work. */
  readonly failing?: Readonly<Record<string, string>>;
}

export interface Case {
  readonly behaviour: string;
  readonly tenant: Tenant;
  readonly args: string;
  /** The writes to Teams, in order. */
  readonly calls: readonly string[];
  /** Absent means success. */
  readonly failure?: RegExp;
  readonly says?: RegExp;
  readonly saysNot?: RegExp;
  /** Apps that are effective for Anna in the end. */
  readonly apps?: readonly string[];
}

export const ids = {
  app: '00000000-0000-0000-0000-0000000000a1',
  bot: '00000000-0000-0000-0000-0000000000a2',
  group: '00000000-0000-0000-0000-0000000000b1',
  otherGroup: '00000000-0000-0000-0000-0000000000b2',
  anna: '00000000-0000-0000-0000-0000000000c1',
  ben: '00000000-0000-0000-0000-0000000000c2',
  principal: '00000000-0000-0000-0000-0000000000d1',
} as const;
const { app, bot, group, otherGroup, anna, ben } = ids;

const nobody = { [anna]: {}, [ben]: {} };
const bots = { Bots: [bot] };
/** Anna is in both groups, and the other one has the policy of the bots. */
const inBoth: Tenant = {
  policies: bots,
  groups: [{ id: otherGroup, policy: 'Bots' }],
  users: { [anna]: { groups: [group, otherGroup] } },
};

const granting: readonly Case[] = [
  {
    behaviour: 'makes the policy and grants it to a group, in the last place',
    tenant: {},
    args: `-GroupId ${group}`,
    calls: [`new Convoke ${app}`, `grant Convoke to ${group}`],
    says: new RegExp(`Granted the policy Convoke to the group ${group}\\.[^]*30 minutes.*24 hours`),
  },
  {
    behaviour: 'gives a group the rank that is asked for',
    tenant: {},
    args: `-GroupId ${group} -Rank 2`,
    calls: [`new Convoke ${app}`, `grant Convoke to ${group} at 2`],
  },
  {
    behaviour: 'makes the policy and grants it to users',
    tenant: { users: nobody },
    args: `-UserId ${anna}, ${ben}`,
    calls: [`new Convoke ${app}`, `grant Convoke to ${anna}`, `grant Convoke to ${ben}`],
    apps: [app],
  },
  {
    behaviour: 'keeps the other apps of a policy',
    tenant: { policies: { Convoke: [bot] } },
    args: `-GroupId ${group}`,
    calls: [`set Convoke add ${app}`, `grant Convoke to ${group}`],
  },
  {
    behaviour: 'adds the app to a policy whose name has spaces',
    tenant: { policies: { 'Our Bots': [bot] }, groups: [{ id: group, policy: 'Our Bots' }] },
    args: `-GroupId ${group} -PolicyName 'Our Bots'`,
    calls: [`set Our Bots add ${app}`],
  },
];

const repeated: readonly Case[] = [
  {
    behaviour: 'changes nothing when the group has the policy',
    tenant: { policies: { Convoke: [bot, app] }, groups: [{ id: group, policy: 'Convoke' }] },
    args: `-GroupId ${group}`,
    calls: [],
    says: /already has the policy Convoke/,
  },
  {
    behaviour: 'changes nothing when the user has the policy',
    tenant: { policies: { Convoke: [app] }, users: { [anna]: { policy: 'Convoke' } } },
    args: `-UserId ${anna}`,
    calls: [],
  },
  {
    behaviour: 'changes nothing when the user has the policy by a group',
    tenant: {
      policies: { Convoke: [app] },
      groups: [{ id: group, policy: 'Convoke' }],
      users: { [anna]: { groups: [group] } },
    },
    args: `-UserId ${anna}`,
    calls: [],
  },
  {
    behaviour: 'says that the rank of a group stays',
    tenant: {
      policies: { Convoke: [app] },
      groups: [
        { id: otherGroup, policy: 'Convoke' },
        { id: group, policy: 'Convoke' },
      ],
    },
    args: `-GroupId ${group} -Rank 1`,
    calls: [],
    says: /The rank of the group stays 2\. To change it: Set-CsGroupPolicyAssignment/,
  },
];

const withoutChange: readonly Case[] = [
  {
    behaviour: 'changes nothing on -WhatIf, and says so at the end',
    tenant: {},
    args: `-GroupId ${group} -WhatIf`,
    calls: [],
    says: /Nothing was changed\.\s*$/,
    saysNot: /Granted|30 minutes/,
  },
  {
    behaviour: 'changes nothing on -WhatIf -Force',
    tenant: { policies: { Convoke: [bot] }, users: { [anna]: { policy: 'Bots' } } },
    args: `-UserId ${anna} -Force -WhatIf`,
    calls: [],
  },
];

const losses: readonly Case[] = [
  {
    behaviour: 'takes no other policy from a group',
    tenant: { groups: [{ id: group, policy: 'Bots' }] },
    args: `-GroupId ${group}`,
    calls: [],
    failure: /Nothing was changed.*the group .*b1 has the policy Bots.*-Force/,
  },
  {
    behaviour: 'takes no other policy from a user, and gives nothing to the others',
    tenant: { users: { [anna]: {}, [ben]: { policy: 'Bots' } } },
    args: `-UserId ${anna}, ${ben}`,
    calls: [],
    failure: /the user .*c2 has the policy Bots\./,
  },
  {
    behaviour: 'takes no policy from a user who has it by a group',
    tenant: { ...inBoth },
    args: `-UserId ${anna}`,
    calls: [],
    failure: /the user .*c1 has the policy Bots by the group .*b2/,
    apps: [bot],
  },
  {
    behaviour: 'leaves the policy of a better group to who is in both, and says so',
    tenant: inBoth,
    args: `-GroupId ${group}`,
    calls: [`new Convoke ${app}`, `grant Convoke to ${group}`],
    says: /Members who are also in the group .*b2 keep its policy Bots/,
    apps: [bot],
  },
  {
    behaviour: 'puts no other group behind this one',
    tenant: inBoth,
    args: `-GroupId ${group} -Rank 1`,
    calls: [],
    failure: /members who are also in the group .*b2 have its policy Bots/,
    apps: [bot],
  },
  {
    behaviour: 'takes nobody from the apps of the policy Global',
    tenant: { policies: { Global: [bot] }, users: nobody },
    args: `-UserId ${anna}`,
    calls: [],
    failure: new RegExp(`the policy Global.*has apps that Convoke does not have: ${bot}`),
    apps: [bot],
  },
  {
    behaviour: 'takes no group from the apps of the policy Global',
    tenant: { policies: { Global: [bot] } },
    args: `-GroupId ${group}`,
    calls: [],
    failure: new RegExp(`the policy Global.*${bot}`),
  },
  {
    behaviour: 'grants a policy that has the apps of Global too',
    tenant: { policies: { Global: [bot, app], Convoke: [bot] }, users: nobody },
    args: `-UserId ${anna}`,
    calls: [`set Convoke add ${app}`, `grant Convoke to ${anna}`],
    apps: [bot, app],
  },
  {
    behaviour: 'takes the loss when told to, and names it',
    tenant: { policies: { Convoke: [app] }, groups: [{ id: group, policy: 'Bots' }] },
    args: `-GroupId ${group} -Force`,
    calls: [`grant Convoke to ${group}`],
    says: /Lost by -Force: the group .*b1 has the policy Bots/,
  },
];

const refusals: readonly Case[] = [
  {
    behaviour: 'does not say that it granted what Teams refused',
    tenant: { failing: { 'Grant-CsApplicationAccessPolicy': 'Access Denied.' } },
    args: `-GroupId ${group}`,
    calls: [`new Convoke ${app}`],
    failure: /Access Denied/,
    saysNot: /Granted/,
  },
  {
    behaviour: 'does not go on without the policy',
    tenant: { failing: { 'New-CsApplicationAccessPolicy': 'Access Denied.' } },
    args: `-GroupId ${group}`,
    calls: [],
    failure: /Access Denied/,
  },
  {
    behaviour: 'does not go on without the app in the policy',
    tenant: {
      policies: { Convoke: [bot] },
      failing: { 'Set-CsApplicationAccessPolicy': 'Access Denied.' },
    },
    args: `-GroupId ${group}`,
    calls: [],
    failure: /Access Denied/,
  },
  {
    behaviour: 'replaces nothing when the policies of groups cannot be read',
    tenant: {
      groups: [{ id: group, policy: 'Bots' }],
      failing: { 'Get-CsGroupPolicyAssignment': 'Service Unavailable.' },
    },
    args: `-GroupId ${group}`,
    calls: [],
    failure: /Service Unavailable/,
  },
  {
    behaviour: 'replaces nothing when the policy of a user cannot be read',
    tenant: { ...inBoth, failing: { 'Get-CsUserPolicyAssignment': 'Service Unavailable.' } },
    args: `-UserId ${anna}`,
    calls: [],
    failure: /Service Unavailable/,
  },
  {
    behaviour: 'grants nothing to anybody when one of the users is not known',
    tenant: { users: { [anna]: {} } },
    args: `-UserId ${anna}, ${ben}`,
    calls: [],
    failure: /not found for identity .*c2/,
  },
];

const misuse: readonly Case[] = [
  {
    behaviour: 'takes no name for an id',
    tenant: {},
    args: '-GroupId Organizers',
    calls: [],
    failure: /GroupId/,
  },
  ...['Global', 'global', 'Tag:Global'].map((name) => ({
    behaviour: `does not touch the policy of everybody under the name ${name}`,
    tenant: { policies: { Global: [] } },
    args: `-GroupId ${group} -PolicyName ${name}`,
    calls: [],
    failure: /The policy Global applies to everyone/,
  })),
  {
    behaviour: 'takes no name with the tag in front of it',
    tenant: {},
    args: `-GroupId ${group} -PolicyName Tag:Bots`,
    calls: [],
    failure: /without the prefix "Tag:"/,
  },
];

export const cases: readonly Case[] = [
  ...granting,
  ...repeated,
  ...withoutChange,
  ...losses,
  ...refusals,
  ...misuse,
];
