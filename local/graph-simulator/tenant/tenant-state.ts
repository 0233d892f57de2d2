import { z } from 'zod';

const user = z.strictObject({
  id: z.guid(),
  userPrincipalName: z.string(),
  mail: z.string().nullable().default(null),
  displayName: z.string(),
  userType: z.enum(['Member', 'Guest']).default('Member'),
  /** SKU part numbers, e.g. SPE_E3. */
  licences: z.array(z.string()).default([]),
  /** Client ids in the user's own application access policy; null: the tenant's global policy applies. */
  accessPolicy: z.array(z.guid()).nullable().default(null),
  /** null: the user has no mailbox in Exchange Online. */
  mailbox: z
    .strictObject({ allowsTeams: z.boolean().default(true) })
    .nullable()
    .prefault({}),
});

const identity = z.strictObject({
  objectId: z.guid(),
  clientId: z.guid(),
  displayName: z.string(),
  assignment: z.enum(['system', 'user']),
  resourceId: z.string().optional(),
  /** Current application permissions of the identity for Microsoft Graph. */
  roles: z.array(z.string()),
});

const switches = z.strictObject({
  /** The answer to a user principal name in the address; both have been observed. */
  nonGuidUserId: z.enum(['badRequest', 'notFound']).default('badRequest'),
  /** Some tenants give every meeting a passcode. */
  passcodeByDefault: z.boolean().default(false),
  /** Documented as required; observed to be optional. */
  requireSubjectAndEnd: z.boolean().default(false),
  /** Documented as 2,000 for each user; null: no limit. */
  monthlyMeetingLimit: z.int().min(0).nullable().default(null),
  /**
   * Behaviour of createOrGet for the externalId of a deleted or expired meeting: make a new meeting, or return the dead
   * one. Not documented.
   */
  createOrGetAfterEnd: z.enum(['makesNew', 'findsDead']).default('makesNew'),
  /** Time after the creation of a meeting during which reading, updating and deleting it answer 404. */
  meetingKnownAfterMs: z.int().min(0).default(0),
  /** Azure caches a managed identity's token, with its roles, for about a day. */
  tokenCaching: z.boolean().default(true),
  tokenLifetimeSeconds: z.int().positive().default(86_400),
  /** Time during which a new event has no join link. */
  joinLinkAfterMs: z.int().min(0).default(0),
  /** Time during which a new meeting is found by its id but not by its join link. */
  foundByLinkAfterMs: z.int().min(0).default(0),
  /** The answer to an unknown link; both are possible. */
  notFoundByLink: z.enum(['notFound', 'emptyList']).default('notFound'),
  /** The answer to a second event with the same transactionId: 400 or 409, with or without the id, or 201 with the first event. */
  duplicateTransaction: z
    .enum(['badRequestWithId', 'badRequest', 'conflictWithId', 'conflict', 'sameEvent'])
    .default('badRequestWithId'),
  /** Whether Exchange remembers transactionIds; for how long is not documented. */
  transactionIdsKept: z.boolean().default(true),
});

/** The settings that an administrator could change, read and written under `/_simulator/tenant`. */
export const tenantState = z.strictObject({
  id: z.guid(),
  displayName: z.string(),
  identities: z.array(identity),
  users: z.array(user),
  groups: z
    .array(
      z.strictObject({
        id: z.guid(),
        displayName: z.string(),
        members: z.array(z.guid()).default([]),
      }),
    )
    .default([]),
  /** Exchange's role Application Calendars.ReadWrite for an identity, limited to the mailboxes of one group. */
  calendarAssignments: z
    .array(z.strictObject({ clientId: z.guid(), groupId: z.guid() }))
    .default([]),
  /** Client ids in the access policy for users without their own. */
  globalAccessPolicy: z.array(z.guid()).default([]),
  switches: switches.prefault({}),
});

/** The tenant with its defaults. */
export type TenantState = Readonly<z.output<typeof tenantState>>;
/** A user with mailbox, licences and access policies. */
export type TenantUser = Readonly<z.output<typeof user>>;
/** An identity of an app, with its roles in Graph. */
export type TenantIdentity = Readonly<z.output<typeof identity>>;
