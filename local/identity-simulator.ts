import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { graphAppId } from './graph-simulator/tenant/app-roles';
import { Tenant } from './graph-simulator/tenant/tenant';
import type { TenantIdentity } from './graph-simulator/tenant/tenant-state';
import { listen, sendJson, type LoopbackServer } from './loopback-server';

type IdentitySimulatorOptions = {
  readonly port?: number;
  readonly tenant?: Tenant;
  readonly now?: () => Date;
};

type Answer = readonly [status: number, body: object];

const graphResource = /^https:\/\/graph\.microsoft\.com\/?$/;

/** Remaining lifetime at which a cached token is replaced, in milliseconds. */
const renewalMs = 5 * 60_000;

/**
 * The managed identity endpoint of App Service and Functions.
 * https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export class IdentitySimulator {
  readonly #tenant: Tenant;
  readonly #now: () => Date;
  readonly #header = randomUUID();
  #server: LoopbackServer | undefined;
  #counts = { requests: 0, refused: 0, issued: 0 };

  private constructor({ tenant = new Tenant(), now = () => new Date() }: IdentitySimulatorOptions) {
    this.#tenant = tenant;
    this.#now = now;
  }

  static async start(options: IdentitySimulatorOptions = {}): Promise<IdentitySimulator> {
    const simulator = new IdentitySimulator(options);
    simulator.#server = await listen(
      (request, response) => simulator.#handle(request, response),
      options.port,
    );
    return simulator;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** The environment variables that App Service sets for an app with an identity. */
  get environment(): { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string } {
    return { IDENTITY_ENDPOINT: `${this.url}/msi/token`, IDENTITY_HEADER: this.#header };
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    sendJson(response, ...this.#route(request, new URL(request.url ?? '/', this.url)));
  }

  #route(request: IncomingMessage, { pathname, searchParams }: URL): Answer {
    switch (`${request.method} ${pathname}`) {
      case 'GET /msi/token':
        return this.#count(this.#token(request, searchParams));
      case 'GET /_simulator/tokens':
        return [200, this.#counts];
      case 'POST /_simulator/reset':
        this.#tenant.tokens.clear();
        this.#counts = { requests: 0, refused: 0, issued: 0 };
        return [200, this.#counts];
      default:
        return failure(404, 'This address does not exist.');
    }
  }

  #count(answer: Answer): Answer {
    this.#counts.requests += 1;
    if (answer[0] !== 200) this.#counts.refused += 1;
    return answer;
  }

  #token(request: IncomingMessage, query: URLSearchParams): Answer {
    if (request.headers['x-identity-header'] !== this.#header) {
      return failure(401, 'The X-IDENTITY-HEADER is missing or wrong.');
    }
    const resource = query.get('resource');
    if (resource === null || query.get('api-version') !== '2019-08-01') {
      return failure(400, 'The resource or the api-version is missing or not supported.');
    }
    const identity = this.#findIdentity(query);
    if (identity === undefined) return failure(400, 'No managed identity matches the request.');
    const { token, expiresAt } = this.#obtain(identity, resource);
    return [
      200,
      {
        access_token: token,
        expires_on: String(expiresAt / 1000),
        resource,
        token_type: 'Bearer',
        client_id: identity.clientId,
      },
    ];
  }

  /** The identity of the request; without one, the system-assigned identity. */
  #findIdentity(query: URLSearchParams): TenantIdentity | undefined {
    const clientId = query.get('client_id');
    const objectId = query.get('object_id') ?? query.get('principal_id');
    const resourceId = query.get('mi_res_id');
    return this.#tenant.state.identities.find((identity) => {
      if (clientId !== null) return identity.clientId === clientId;
      if (objectId !== null) return identity.objectId === objectId;
      if (resourceId !== null) return identity.resourceId === resourceId;
      return identity.assignment === 'system';
    });
  }

  #obtain(identity: TenantIdentity, resource: string): { token: string; expiresAt: number } {
    const { tokenCaching, tokenLifetimeSeconds } = this.#tenant.state.switches;
    const key = `${identity.clientId} ${resource}`;
    const now = this.#now().getTime();
    const cached = this.#tenant.tokens.get(key);
    if (tokenCaching && cached !== undefined && cached.expiresAt - now > renewalMs) return cached;
    const issuedAt = Math.floor(now / 1000);
    const claims = this.#toClaims(identity, resource);
    const expiresAt = issuedAt + tokenLifetimeSeconds;
    const token = toToken({ ...claims, iat: issuedAt, nbf: issuedAt, exp: expiresAt });
    const issued = { token, expiresAt: expiresAt * 1000 };
    this.#tenant.tokens.set(key, issued);
    this.#counts.issued += 1;
    return issued;
  }

  #toClaims(identity: TenantIdentity, resource: string): object {
    const tenantId = this.#tenant.state.id;
    const isGraph = graphResource.test(resource) || resource === graphAppId;
    return {
      aud: resource,
      iss: `https://sts.windows.net/${tenantId}/`,
      appid: identity.clientId,
      azp: identity.clientId,
      oid: identity.objectId,
      sub: identity.objectId,
      tid: tenantId,
      idtyp: 'app',
      ver: '1.0',
      ...(isGraph && identity.roles.length > 0 ? { roles: identity.roles } : {}),
    };
  }
}

function failure(statusCode: number, message: string): Answer {
  return [statusCode, { statusCode, message }];
}

/** Has the format of a JSON Web Token, without a real signature. */
function toToken(claims: object): string {
  return `${encode({ typ: 'JWT', alg: 'none' })}.${encode(claims)}.unsigned`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
