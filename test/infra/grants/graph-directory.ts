import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

interface Assignment {
  readonly id: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly appRoleId: string;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const graphPrincipal = {
  id: 'graph-principal',
  appId: '00000003-0000-0000-c000-000000000000',
  displayName: 'Microsoft Graph',
  appRoles: [
    { id: 'role-meetings', value: 'OnlineMeetings.ReadWrite.All' },
    { id: 'role-people', value: 'User.Read.All' },
    { id: 'role-groups', value: 'GroupMember.Read.All' },
  ],
};

export const identity = {
  id: 'identity-principal',
  appId: '44444444-4444-4444-4444-444444444444',
  displayName: 'id-convoke-test',
};

/** The part of Microsoft Graph's directory that knows service principals and their application permissions. */
export class GraphDirectory {
  readonly #server: Server;
  assignments: Assignment[] = [];
  /** `METHOD path` of each write. */
  readonly writes: string[] = [];
  /** Answers given, in order, before anything else is done. */
  readonly refusals: Answer[] = [];
  /** How many times the identity is still unknown. */
  lookUpsBeforeKnown = 0;
  /** Given instead of the page of assignments that was asked for. */
  assignmentsPage: object | undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#handle(request, response);
    });
  }

  static async start(): Promise<GraphDirectory> {
    const directory = new GraphDirectory();
    directory.#server.listen(0, '127.0.0.1');
    await once(directory.#server, 'listening');
    return directory;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body, headers } = this.#answer(request, await readBody(request));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  #answer(request: IncomingMessage, body: string): Answer {
    const url = new URL(request.url ?? '/', this.url);
    if (request.headers.authorization !== 'Bearer operator-token') return refuse(401);
    const refusal = this.refusals.shift();
    if (refusal !== undefined) return refusal;
    if (url.pathname === '/v1.0/servicePrincipals')
      return this.#find(url.searchParams.get('$filter'));
    const path = `/v1.0/servicePrincipals/${identity.id}/appRoleAssignments`;
    if (!url.pathname.startsWith(path)) return refuse(404);
    if (request.method === 'GET') return this.#page(url);
    this.writes.push(`${request.method} ${url.pathname.slice(path.length)}`);
    return request.method === 'POST'
      ? this.#add(body)
      : this.#remove(url.pathname.split('/').at(-1));
  }

  #find(filter: string | null): Answer {
    const wanted = /^appId eq '(.+)'$/.exec(filter ?? '')?.[1];
    const known = wanted !== identity.appId || this.lookUpsBeforeKnown-- <= 0;
    const value = known ? [graphPrincipal, identity].filter(({ appId }) => appId === wanted) : [];
    return { status: 200, body: { value } };
  }

  /** One assignment a page, so that paging is always exercised. */
  #page(url: URL): Answer {
    if (this.assignmentsPage !== undefined) return { status: 200, body: this.assignmentsPage };
    const skip = Number(url.searchParams.get('$skiptoken') ?? 0);
    const more = skip + 1 < this.assignments.length;
    const next = { '@odata.nextLink': `${this.url}${url.pathname}?$skiptoken=${skip + 1}` };
    return {
      status: 200,
      body: { value: this.assignments.slice(skip, skip + 1), ...(more && next) },
    };
  }

  #add(body: string): Answer {
    const assignment = {
      ...(JSON.parse(body) as Assignment),
      id: `assignment-${this.assignments.length + 1}`,
    };
    this.assignments.push(assignment);
    return { status: 201, body: assignment };
  }

  #remove(id: string | undefined): Answer {
    this.assignments = this.assignments.filter((assignment) => assignment.id !== id);
    return { status: 204 };
  }
}

/** Returns an answer in the format of Graph's errors. */
export const refuse = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  body: { error: { code: 'Refused', message: 'No.' } },
});

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
