import { GraphSimulator, type GraphSimulatorOptions } from '../../../local/graph-simulator';
import { Tenant } from '../../../local/graph-simulator/tenant/tenant';

/** Object ids in the default tenant. */
export const users = {
  anna: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
  ben: 'dc17674c-81d9-4adb-bfb2-8f6a442e4602',
  chloe: 'dc17674c-81d9-4adb-bfb2-8f6a442e4603',
  noPolicy: 'dc17674c-81d9-4adb-bfb2-8f6a442e4604',
  noLicence: 'dc17674c-81d9-4adb-bfb2-8f6a442e4605',
  guest: 'dc17674c-81d9-4adb-bfb2-8f6a442e4606',
  group: 'dc17674c-81d9-4adb-bfb2-8f6a442e46ff',
};

export const tenantId = '909c6581-5130-43e9-88f3-fcb3582cde37';
export const clientId = '5a6cfd4e-6a1d-4c2e-9f55-0d1f3c7a1b01';

export const meetings = `/users/${users.anna}/onlineMeetings`;

export type Json = Record<string, unknown>;

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: Json };

/** A token that the simulator takes; claims can be changed one by one. */
export function makeToken(claims: Json = {}): string {
  const payload = {
    aud: 'https://graph.microsoft.com',
    tid: tenantId,
    appid: clientId,
    idtyp: 'app',
    roles: ['OnlineMeetings.ReadWrite.All', 'User.Read.All'],
    exp: 4_000_000_000,
    ...claims,
  };
  return `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.x`;
}

export type Sent = {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly token?: string;
};

/** A running simulator, and short ways to talk to it. */
export class SimulatorClient {
  readonly simulator: GraphSimulator;

  private constructor(simulator: GraphSimulator) {
    this.simulator = simulator;
  }

  static async start(options: GraphSimulatorOptions = {}): Promise<SimulatorClient> {
    return new SimulatorClient(await GraphSimulator.start({ tenant: new Tenant(), ...options }));
  }

  async close(): Promise<void> {
    await this.simulator.close();
  }

  /** One call of Graph v1.0, `POST /users/…`; a string body is sent unchanged. */
  async send(call: string, { body, headers, token }: Sent = {}): Promise<Reply> {
    const [method = '', path = ''] = call.split(/ (.*)/);
    const response = await fetch(`${this.simulator.url}/v1.0${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token ?? makeToken()}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await readJson(response) };
  }

  /** Makes a meeting of Anna's. */
  async create(body: Json = { subject: 'Talk' }, headers = {}): Promise<Json> {
    return (await this.send(`POST ${meetings}`, { body, headers })).body;
  }

  async control(call: string, body?: unknown): Promise<Reply & { readonly list: Json[] }> {
    const [method = '', path = ''] = call.split(/ (.*)/);
    const response = await fetch(`${this.simulator.url}/_simulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { status, headers } = response;
    const json = await readJson(response);
    return { status, headers, body: json, list: json as unknown as Json[] };
  }
}

async function readJson(response: Response): Promise<Json> {
  const text = await response.text();
  return (text === '' ? {} : JSON.parse(text)) as Json;
}
