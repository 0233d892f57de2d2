import { z } from 'zod';

const user = z.strictObject({
  id: z.guid(),
  userPrincipalName: z.string(),
  mail: z.string().nullable().default(null),
  displayName: z.string(),
  userType: z.enum(['Member', 'Guest']).default('Member'),
  /** SKU part numbers, e.g. SPE_E3. */
  licences: z.array(z.string()).default([]),
  /** Client ids that the user's own application access policy lists; null: the tenant's global policy holds. */
  accessPolicy: z.array(z.guid()).nullable().default(null),
  /** null: the user has none in Exchange Online. */
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
  /** Application permissions of Microsoft Graph that the identity has now. */
  roles: z.array(z.string()),
});

const switches = z.strictObject({
  /** Both answers to a user principal name in the address have been seen. */
  nonGuidUserId: z.enum(['badRequest', 'notFound']).default('badRequest'),
  /** Some tenants give every meeting a passcode. */
  passcodeByDefault: z.boolean().default(false),
  /** The documentation calls both required; Graph has been seen to do without. */
  requireSubjectAndEnd: z.boolean().default(false),
  /** Documented as 2,000 for each user; null: no limit. */
  monthlyMeetingLimit: z.int().min(0).nullable().default(null),
  /**
   * What createOrGet does with the externalId of a meeting that was deleted or has expired, which Microsoft does not document:
   * make a new meeting, or give the dead one back.
   */
  createOrGetAfterEnd: z.enum(['makesNew', 'findsDead']).default('makesNew'),
  /** For this long after a meeting was made, reading, updating and deleting it answer 404. */
  meetingKnownAfterMs: z.int().min(0).default(0),
  /** Azure keeps a managed identity's token, and the roles in it, for about a day. */
  tokenCaching: z.boolean().default(true),
  tokenLifetimeSeconds: z.int().positive().default(86_400),
  /** For this long a new event has no join link. */
  joinLinkAfterMs: z.int().min(0).default(0),
  /** For this long a new meeting is not found by its join link, though it is by its id. */
  foundByLinkAfterMs: z.int().min(0).default(0),
  /** Both answers to a link that Graph does not find are thought possible. */
  notFoundByLink: z.enum(['notFound', 'emptyList']).default('notFound'),
  /** How a second event under one transactionId is answered: 400 or 409, with or without the id, or 201 with the first one. */
  duplicateTransaction: z
    .enum(['badRequestWithId', 'badRequest', 'conflictWithId', 'conflict', 'sameEvent'])
    .default('badRequestWithId'),
  /** Whether Exchange still knows the transactionId of an event when it comes again; how long is not documented. */
  transactionIdsKept: z.boolean().default(true),
});

/** Everything an administrator could change, as it is read and written under `/_simulator/tenant`. */
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
  /** Client ids of the access policy that holds for users without one of their own. */
  globalAccessPolicy: z.array(z.guid()).default([]),
  switches: switches.prefault({}),
});

export type TenantState = Readonly<z.output<typeof tenantState>>;
export type TenantUser = Readonly<z.output<typeof user>>;
export type TenantIdentity = Readonly<z.output<typeof identity>>;
