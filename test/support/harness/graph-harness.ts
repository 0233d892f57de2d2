import { makeAccessTokens } from '../../../src/adapters/graph/access-token';
import { systemRandom, systemClock } from '../../../src/adapters/clock';
import { makeGraph, type Graph } from '../../../src/adapters/graph/client';
import type { Clock } from '../../../src/meetings/ports';
import {
  GraphSimulator,
  type GraphSimulatorOptions,
  type Tenant,
} from '../../../local/graph-simulator';
import { FakeLog } from './core-harness';

export const anna = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';
export const ben = 'dc17674c-81d9-4adb-bfb2-8f6a442e4602';

/** A token of the tenant's system-assigned identity, as the identity endpoint would give it. */
export function tokenFor(tenant: Tenant, change: object = {}): string {
  const [identity] = tenant.state.identities;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: 'https://graph.microsoft.com',
    iss: `https://sts.windows.net/${tenant.state.id}/`,
    appid: identity?.clientId,
    oid: identity?.objectId,
    tid: tenant.state.id,
    idtyp: 'app',
    roles: identity?.roles,
    iat: now,
    nbf: now,
    exp: now + 3600,
    ...change,
  };
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ typ: 'JWT', alg: 'none' })}.${encode(claims)}.unsigned`;
}

/** The Graph simulator and Convoke's Graph client on it, for one test file. */
export class GraphHarness {
  readonly simulator: GraphSimulator;
  readonly graph: Graph;
  readonly log = new FakeLog();
  /** Number of requests for a token. */
  tokensGiven = 0;

  private constructor(simulator: GraphSimulator, timeoutMs: number, clock: Clock) {
    this.simulator = simulator;
    const credential = {
      getToken: () => {
        this.tokensGiven += 1;
        return Promise.resolve({
          token: tokenFor(simulator.tenant),
          expiresOnTimestamp: Date.now() + 3_600_000,
        });
      },
    };
    this.graph = makeGraph({
      tokens: makeAccessTokens(credential, 'https://graph.microsoft.com/.default', systemClock),
      clock,
      random: systemRandom,
      log: this.log,
      baseUrl: simulator.url,
      timeoutMs,
    });
  }

  /** With a clock, both sides use it. */
  static async start({
    timeoutMs = 5_000,
    clock,
    ...options
  }: GraphSimulatorOptions & { timeoutMs?: number; clock?: Clock } = {}): Promise<GraphHarness> {
    const now = clock === undefined ? {} : { now: () => clock.now() };
    const simulator = await GraphSimulator.start({ ...now, ...options });
    return new GraphHarness(simulator, timeoutMs, clock ?? systemClock);
  }

  close(): Promise<void> {
    return this.simulator.close();
  }
}

/** Call options that leave a call all the time it needs. */
export const soon = (): { deadline: number } => ({ deadline: Date.now() + 20_000 });
