import { defaultTenant } from './default-tenant';
import { includesTeams } from './licences';
import {
  tenantState,
  type TenantIdentity,
  type TenantState,
  type TenantUser,
} from './tenant-state';

/** A cached token; `expiresAt` in milliseconds since 1970. */
type CachedToken = { readonly token: string; readonly expiresAt: number };

/**
 * The simulated Microsoft Entra tenant: users, identities and permissions. The Graph simulator and the identity
 * simulator share one, so that a permission granted here applies to both.
 */
export class Tenant {
  readonly #initial: TenantState;
  readonly #usersById = new Map<string, TenantUser>();
  readonly #usersByName = new Map<string, TenantUser>();
  #state: TenantState;
  /** Azure's cache of managed identity tokens, by identity and resource. */
  readonly tokens = new Map<string, CachedToken>();

  /** Starts with the default tenant and applies `change`. */
  constructor(change: object = {}) {
    this.#initial = merge(tenantState.parse(defaultTenant), change);
    this.#state = this.#initial;
    this.#index();
  }

  get state(): TenantState {
    return this.#state;
  }

  /** Changes the given properties; throws if a value is invalid. */
  update(change: object): void {
    this.#state = merge(this.#state, change);
    this.#index();
  }

  updateUser(idOrName: string, change: object): void {
    const found = this.findUser(idOrName);
    if (found === undefined) throw new Error(`There is no user ${idOrName}.`);
    this.update({ users: replace(this.#state.users, found, change) });
  }

  updateIdentity(clientId: string, change: object): void {
    const found = this.#state.identities.find((identity) => identity.clientId === clientId);
    if (found === undefined) throw new Error(`There is no identity ${clientId}.`);
    this.update({ identities: replace(this.#state.identities, found, change) });
  }

  reset(): void {
    this.#state = this.#initial;
    this.tokens.clear();
    this.#index();
  }

  /** Finds a user by object id, user principal name or mail. */
  findUser(idOrName: string): TenantUser | undefined {
    const key = idOrName.toLowerCase();
    return this.#usersById.get(key) ?? this.#usersByName.get(key);
  }

  userById(id: string): TenantUser | undefined {
    return this.#usersById.get(id.toLowerCase());
  }

  /** A user's own policy replaces the global one; they are not combined. */
  hasAccessPolicy(clientId: string, user: TenantUser): boolean {
    return (user.accessPolicy ?? this.#state.globalAccessPolicy).includes(clientId);
  }

  /** The users for whom at least one identity can make meetings. */
  get organizers(): readonly TenantUser[] {
    const { users, identities } = this.#state;
    return users.filter(
      (user) =>
        user.userType === 'Member' &&
        includesTeams(user.licences) &&
        identities.some(({ clientId }) => this.hasAccessPolicy(clientId, user)),
    );
  }

  identityByObjectId(objectId: string): TenantIdentity | undefined {
    return this.#state.identities.find((identity) => identity.objectId === objectId);
  }

  #index(): void {
    this.#usersById.clear();
    this.#usersByName.clear();
    for (const user of this.#state.users) {
      this.#usersById.set(user.id.toLowerCase(), user);
      if (user.mail !== null) this.#usersByName.set(user.mail.toLowerCase(), user);
      this.#usersByName.set(user.userPrincipalName.toLowerCase(), user);
    }
  }
}

function merge(state: TenantState, change: object): TenantState {
  const switches = 'switches' in change ? change.switches : undefined;
  return tenantState.parse({
    ...state,
    ...change,
    switches: { ...state.switches, ...(typeof switches === 'object' ? switches : {}) },
  });
}

function replace<Item>(items: readonly Item[], found: Item, change: object): Item[] {
  return items.map((item) => (item === found ? { ...found, ...change } : item));
}
