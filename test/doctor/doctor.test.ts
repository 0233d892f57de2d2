import {
  DoctorHarness,
  findingOf,
  troubles,
  type DoctorOptions,
} from '../support/harness/doctor-harness';
import { useAzurite } from '../support/harness/azurite';
import { anna } from '../support/harness/graph-harness';

const systemIdentity = '5a6cfd4e-6a1d-4c2e-9f55-0d1f3c7a1b01';
const search = '^/v1.0/users/[^/]+/onlineMeetings$';
const withAnna = `organizer=${anna}`;

const storage = useAzurite();
let doctor: DoctorHarness;
beforeAll(async () => {
  doctor = await DoctorHarness.start(storage.connectionString);
});
beforeEach(() => doctor.graph.reset());
afterAll(() => doctor.close());

const setRoles = (roles: readonly string[]): void =>
  doctor.tenant.updateIdentity(systemIdentity, { roles });
const answerSearch = (status: number, code: string, message: string): void =>
  doctor.graph.setFaults({
    rules: [
      {
        match: { method: 'GET', path: search },
        fault: { kind: 'status', status, body: { error: { code, message } } },
      },
    ],
  });
const failAll = (fault: object): void => doctor.graph.setFaults({ rules: [{ fault }] });

interface Case extends DoctorOptions {
  readonly given: string;
  readonly fault?: () => unknown;
  readonly found: readonly string[];
  /** The check whose meaning and remedy are tested; by default the first problem. */
  readonly check?: string;
  readonly meaning?: RegExp;
  readonly remedy?: RegExp;
}

const cases: readonly Case[] = [
  { given: 'nothing wrong', found: [] },
  {
    given: 'nothing wrong, with an organizer by address',
    query: 'organizer=anna@contoso.com',
    found: [],
  },
  {
    given: 'a tenant where the app may not look up people, and organizers come by object id',
    fault: () => setRoles(['OnlineMeetings.ReadWrite.All']),
    query: withAnna,
    found: ['unknown people', 'unknown organizer', 'unknown licence'],
    meaning: /not allowed to look up people/,
  },
  {
    given: 'the same, and an organizer by name',
    fault: () => setRoles(['OnlineMeetings.ReadWrite.All']),
    query: 'organizer=anna@contoso.com',
    found: ['failed people', 'unknown organizer', 'unknown accessPolicy'],
    remedy: /User\.Read\.All/,
  },
  {
    given: 'no role',
    fault: () => setRoles(['User.Read.All']),
    query: withAnna,
    found: ['failed role', 'unknown accessPolicy'],
    meaning: /does not carry OnlineMeetings\.ReadWrite\.All/,
    remedy: /If it was granted after 20/,
  },
  {
    given: 'a role that was granted after the token was issued, and an app that may read that',
    fault: async () => {
      setRoles(['User.Read.All', 'Application.Read.All']);
      await doctor.token('https://graph.microsoft.com/.default', undefined);
      setRoles(['User.Read.All', 'Application.Read.All', 'OnlineMeetings.ReadWrite.All']);
    },
    found: ['failed role'],
    meaning: /granted, but the token was issued before/,
    remedy: /^Wait/,
  },
  {
    given: 'no role, and an app that may read that it was never granted',
    fault: () => setRoles(['User.Read.All', 'Application.Read.All']),
    found: ['failed role'],
    remedy: /^Grant it to the identity\. It takes effect at \S+ at the latest\.$/,
  },
  {
    given: 'no access policy',
    query: 'organizer=no-policy@contoso.com',
    found: ['failed accessPolicy'],
    meaning: /No application access policy/,
    remedy: /client id .*not its object id.*30 minutes/,
  },
  {
    given: 'a policy that lists the object id of the identity',
    fault: () =>
      doctor.tenant.updateUser(anna, { accessPolicy: ['8d1f6a10-3b57-4c0e-8a2b-6f1f0e5d2c01'] }),
    query: withAnna,
    found: ['failed accessPolicy'],
    meaning: /No application access policy/,
  },
  {
    given: 'no access policy, said with the code General',
    fault: () => answerSearch(403, 'General', 'No application access policy found for this app.'),
    query: withAnna,
    found: ['failed accessPolicy'],
    meaning: /No application access policy/,
  },
  {
    given: 'no access policy, in the words that Graph used before',
    fault: () =>
      answerSearch(
        403,
        'Unauthorized',
        'App x is not authorized to Create meeting on behalf of user y',
      ),
    query: withAnna,
    found: ['failed accessPolicy'],
    meaning: /No application access policy/,
  },
  {
    given: 'a refusal without a word',
    fault: () => answerSearch(403, 'Forbidden', ''),
    query: withAnna,
    found: ['failed accessPolicy'],
    meaning: /without saying why/,
    remedy: /guests.*not taken effect/,
  },
  {
    given: 'somebody else’s meeting found, which only an app with a policy is told',
    fault: () =>
      answerSearch(403, 'Forbidden', '3003: User does not have access to lookup meeting'),
    query: withAnna,
    found: [],
  },
  {
    given: 'an organizer without Teams',
    query: 'organizer=no-licence@contoso.com',
    found: ['failed licence'],
    remedy: /includes Microsoft Teams/,
  },
  {
    given: 'an organizer without Teams, whom Graph lets through',
    fault: () =>
      doctor.tenant.updateUser(anna, { licences: ['EXCHANGESTANDARD'] }) ??
      answerSearch(404, 'NotFound', ''),
    query: withAnna,
    found: ['failed licence'],
    meaning: /no licence that includes Microsoft Teams/,
  },
  {
    given: 'a guest',
    query: 'organizer=guest@fabrikam.com',
    found: ['failed organizer', 'unknown accessPolicy'],
    meaning: /guest/,
  },
  {
    given: 'a name that nobody has',
    query: 'organizer=nobody@contoso.com',
    found: ['failed organizer', 'unknown accessPolicy'],
    meaning: /does not exist in the tenant/,
  },
  {
    given: 'an object id that nobody has',
    query: 'organizer=dc17674c-81d9-4adb-bfb2-8f6a442e46ee',
    found: ['failed organizer', 'unknown accessPolicy'],
    meaning: /does not exist in the tenant/,
  },
  {
    given: 'an object id that nobody has, and an app that may not look up people',
    fault: () => setRoles(['OnlineMeetings.ReadWrite.All']),
    query: 'organizer=dc17674c-81d9-4adb-bfb2-8f6a442e46ee',
    found: ['unknown people', 'unknown organizer', 'unknown accessPolicy', 'unknown licence'],
    check: 'accessPolicy',
    meaning: /does not know this user/,
  },
  {
    given: 'a token of another resource',
    settings: { GRAPH_SCOPE: 'https://management.azure.com/.default' },
    found: ['failed token', 'failed role', 'unknown people'],
    meaning: /does not accept the token/,
    remedy: /GRAPH_SCOPE/,
  },
  {
    given: 'an expired token',
    fault: () => {
      doctor.tenant.tokens.clear();
      doctor.tenant.tokens.set(`${systemIdentity} https://graph.microsoft.com`, expiredToken());
    },
    found: ['failed token', 'unknown people'],
    meaning: /has expired/,
  },
  {
    given: 'a token that Graph refuses although it is good',
    fault: () => failAll({ kind: 'status', status: 401 }),
    found: ['failed token', 'unknown people'],
    meaning: /does not accept the token/,
  },
  {
    given: 'a client id of no identity',
    settings: { AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000001' },
    found: ['failed token', 'unknown role'],
    meaning: /does not return a token/,
    remedy: /AZURE_CLIENT_ID/,
  },
  {
    given: 'a Graph that cannot be reached',
    settings: {
      GRAPH_BASE_URL: 'http://127.0.0.1:1',
      GRAPH_SCOPE: 'https://graph.microsoft.com/.default',
    },
    query: withAnna,
    found: [
      'failed graph',
      'unknown clock',
      'unknown people',
      'unknown organizer',
      'unknown accessPolicy',
      'unknown licence',
    ],
    meaning: /cannot be reached/,
  },
  {
    given: 'a Graph that breaks the connection',
    fault: () => failAll({ kind: 'drop' }),
    found: ['failed graph', 'unknown clock', 'unknown people'],
    meaning: /cannot be reached/,
  },
  {
    given: 'a Graph in trouble',
    fault: () => failAll({ kind: 'status', status: 503 }),
    found: ['failed graph', 'unknown people'],
    meaning: /returns 503/,
  },
  {
    given: 'throttling',
    fault: () => failAll({ kind: 'status', status: 429, retryAfterSeconds: 10 }),
    found: ['failed graph', 'unknown people'],
    meaning: /throttling/,
  },
  {
    given: 'a slow Graph',
    fault: () =>
      doctor.graph.setFaults({
        rules: [{ match: { path: '^/v1.0/$' }, fault: { kind: 'latency', ms: 3_100 } }],
      }),
    found: ['unknown graph'],
    meaning: /slowly/,
  },
  {
    given: 'a user who has had all meetings of a month',
    fault: () => doctor.tenant.update({ switches: { monthlyMeetingLimit: 0 } }),
    query: `${withAnna}&probe=true`,
    found: ['failed probe'],
    meaning: /throttling new meetings/,
  },
  {
    given: 'a meeting that cannot be deleted',
    fault: () =>
      doctor.graph.setFaults({
        rules: [{ match: { method: 'DELETE' }, fault: { kind: 'status', status: 500 } }],
      }),
    query: `${withAnna}&probe=true`,
    found: ['failed probe'],
    meaning: /could not be deleted/,
  },
  {
    given: 'wrong settings',
    settings: { GRAPH_BASE_URL: 'http://graph.example.com', RESULT_ENCODING: 'rot13' },
    found: ['failed configuration', 'failed configuration'],
    meaning: /^GRAPH_BASE_URL must be an https URL/,
  },
];

function expiredToken() {
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(Date.now() / 1000) - 90_000;
  const claims = {
    aud: 'https://graph.microsoft.com',
    appid: systemIdentity,
    oid: 'o',
    tid: doctor.tenant.state.id,
    roles: ['OnlineMeetings.ReadWrite.All', 'User.Read.All'],
    iat,
    exp: iat + 86_400,
  };
  // The endpoint returns it as if it were valid, like a stuck cache.
  return {
    token: `${encode({ alg: 'none' })}.${encode(claims)}.x`,
    expiresAt: Date.now() + 3_600_000,
  };
}

test.each(cases)(
  'given $given, it finds $found',
  async ({ fault, found, check, meaning, remedy, ...options }) => {
    await fault?.();
    const report = await doctor.runChecks(options);
    expect(troubles(report)).toEqual(found);
    const named = check ?? found[0]?.split(' ')[1];
    if (named === undefined) return;
    const finding = findingOf(report, named);
    if (meaning !== undefined) expect(finding.meaning).toMatch(meaning);
    if (remedy !== undefined) expect(finding.remedy).toMatch(remedy);
  },
);

test('everything that failed comes with what to do', async () => {
  for (const { fault, found, settings, query } of cases) {
    if (!found.some((trouble) => trouble.startsWith('failed'))) continue;
    doctor.graph.reset();
    await fault?.();
    const { findings } = await doctor.runChecks({
      ...(settings && { settings }),
      ...(query && { query }),
    });
    expect(
      findings.filter(({ status, remedy }) => status === 'failed' && remedy === undefined),
    ).toEqual([]);
  }
});

test('nothing is created unless a probe is asked for, and the probe leaves nothing behind', async () => {
  const meetings = () =>
    doctor.graph.log
      .list()
      .filter(({ method }) => method !== 'GET')
      .map(({ method }) => method);
  await doctor.runChecks({ query: withAnna });
  expect(meetings()).toEqual([]);
  const report = await doctor.runChecks({ query: `${withAnna}&probe=true` });
  expect(findingOf(report, 'probe').status).toBe('passed');
  expect(meetings()).toEqual(['POST', 'DELETE']);
  expect(doctor.graph.meetings.list()).toEqual([]);
});

test('a report holds no token and no key', async () => {
  const token = await doctor.token('https://graph.microsoft.com/.default', undefined);
  const text = JSON.stringify(await doctor.runChecks({ query: `${withAnna}&probe=true` }));
  expect(text).not.toContain(token.split('.')[1]);
  expect(text).not.toMatch(/AccountKey|Eby8|meetup-join/);
});

test('a wrong clock is found, with the difference', async () => {
  const late = await DoctorHarness.start(storage.connectionString, {
    now: () => new Date(Date.now() + 20 * 60_000),
  });
  const report = await late.runChecks();
  await late.close();
  expect(findingOf(report, 'clock')).toMatchObject({
    status: 'failed',
    meaning: expect.stringMatching(/^The clock here is (1199|1200|1201) s behind/),
  });
});
