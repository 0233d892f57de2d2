import { randomUUID } from 'node:crypto';
import type { HttpRequest, InvocationContext } from '@azure/functions';
import { GraphSimulator, Tenant, type GraphSimulatorOptions } from '../../../local/graph-simulator';
import { IdentitySimulator } from '../../../local/identity-simulator';
import { reportSchema, type Finding, type Report } from '../../../src/doctor/finding';
import { makeDoctor } from '../../../src/app/doctor';

export interface DoctorOptions {
  readonly query?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** The doctor with its own Graph and identity, and the storage in the connection string. */
export class DoctorHarness {
  readonly tenant: Tenant;
  readonly graph: GraphSimulator;
  readonly identity: IdentitySimulator;
  readonly #connectionString: string;

  private constructor(
    parts: { readonly graph: GraphSimulator; readonly identity: IdentitySimulator },
    connectionString: string,
  ) {
    this.graph = parts.graph;
    this.tenant = parts.graph.tenant;
    this.identity = parts.identity;
    this.#connectionString = connectionString;
  }

  static async start(
    connectionString: string,
    options: Omit<GraphSimulatorOptions, 'tenant'> = {},
  ): Promise<DoctorHarness> {
    const tenant = new Tenant();
    const identity = await IdentitySimulator.start({ tenant });
    const graph = await GraphSimulator.start({ ...options, tenant });
    return new DoctorHarness({ graph, identity }, connectionString);
  }

  /** A token from the managed identity endpoint, without the cache of a process. */
  async token(scope: string, clientId: string | undefined): Promise<string> {
    const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = this.identity.environment;
    const resource = scope.replace(/\/\.default$/, '');
    const query = new URLSearchParams({ 'api-version': '2019-08-01', resource });
    if (clientId !== undefined) query.set('client_id', clientId);
    const response = await fetch(`${IDENTITY_ENDPOINT}?${query.toString()}`, {
      headers: { 'X-IDENTITY-HEADER': IDENTITY_HEADER },
    });
    const answer = (await response.json()) as { access_token?: string; message?: string };
    if (answer.access_token === undefined) throw new Error(answer.message);
    return answer.access_token;
  }

  async runChecks({ query = '', settings = {} }: DoctorOptions = {}): Promise<Report> {
    const doctor = makeDoctor({
      environment: {
        AzureWebJobsStorage: this.#connectionString,
        GRAPH_BASE_URL: this.graph.url,
        GRAPH_SCOPE: 'https://graph.microsoft.com/.default',
        ...settings,
      },
      credentialFor: (clientId) => ({
        getToken: async (scope) => ({
          token: await this.token(String(scope), clientId),
          expiresOnTimestamp: Date.now() + 3_600_000,
        }),
      }),
      now: () => new Date(),
    });
    const request = { query: new URLSearchParams(query), headers: new Headers() };
    const context = { invocationId: randomUUID() };
    const answer = await doctor(
      request as unknown as HttpRequest,
      context as unknown as InvocationContext,
    );
    return reportSchema.parse(answer.jsonBody);
  }

  async close(): Promise<void> {
    await Promise.all([this.graph.close(), this.identity.close()]);
  }
}

/** The doctor's failed findings, by check: `failed accessPolicy`. */
export const troubles = ({ findings }: Report): string[] =>
  findings
    .filter(({ status }) => status !== 'passed')
    .map(({ check, status }) => `${status} ${check}`);

/** Returns the finding of one check. @throws Error if there is none. */
export function findingOf({ findings }: Report, check: string): Finding {
  const found = findings.find((finding) => finding.check === check);
  if (found === undefined) throw new Error(`There is no finding ${check}.`);
  return found;
}
