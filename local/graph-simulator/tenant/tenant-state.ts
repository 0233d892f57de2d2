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
});

/** Everything an administrator could change, as it is read and written under `/_simulator/tenant`. */
export const tenantState = z.strictObject({
  id: z.guid(),
  displayName: z.string(),
  identities: z.array(identity),
  users: z.array(user),
  groups: z.array(z.strictObject({ id: z.guid(), displayName: z.string() })).default([]),
  /** Client ids of the access policy that holds for users without one of their own. */
  globalAccessPolicy: z.array(z.guid()).default([]),
  switches: switches.prefault({}),
});

export type TenantState = Readonly<z.output<typeof tenantState>>;
export type TenantUser = Readonly<z.output<typeof user>>;
export type TenantIdentity = Readonly<z.output<typeof identity>>;
