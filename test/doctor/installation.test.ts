import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../src/config/version';
import { DoctorHarness, findingOf } from '../support/harness/doctor-harness';
import { useAzurite } from '../support/harness/azurite';

const storage = useAzurite();
let doctor: DoctorHarness;
beforeAll(async () => {
  doctor = await DoctorHarness.start(storage.connectionString);
});
afterAll(() => doctor.close());

const tenant = '11111111-1111-1111-1111-111111111111';
const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
const insights = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=00000000-0000-0000-0000-000000000001',
};

type Row = readonly [
  given: string,
  settings: Readonly<Record<string, string>>,
  check: string,
  status: string,
  meaning: RegExp,
];
const rows: readonly Row[] = [
  ['nothing', {}, 'version', 'passed', /^This is Convoke \d+\.\d+\.\d+ on Node\.js \d/],
  ['nothing', {}, 'signIn', 'passed', /is off: callers need a key, and \/me returns 401/],
  [
    'sign-in',
    { WEBSITE_AUTH_ENABLED: 'True' },
    'signIn',
    'passed',
    /every tenant .* cannot sign in on the page/,
  ],
  [
    'sign-in on the page',
    {
      WEBSITE_AUTH_ENABLED: 'True',
      AUTH_TENANT_ID: tenant,
      OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: tenant,
    },
    'signIn',
    'passed',
    /^Sign-in is on, for the tenant 11111111-1111-1111-1111-111111111111\.$/,
  ],
  [
    'sign-in for one tenant',
    { WEBSITE_AUTH_ENABLED: 'True', AUTH_TENANT_ID: tenant },
    'signIn',
    'passed',
    /for the tenant 11111111/,
  ],
  [
    'a tenant without sign-in',
    { AUTH_TENANT_ID: tenant },
    'signIn',
    'failed',
    /App Service authentication is off/,
  ],
  ['nothing', {}, 'telemetry', 'passed', /is not sent anywhere, so no alert can fire/],
  ['Application Insights', insights, 'telemetry', 'passed', /without a token/],
  [
    'Application Insights with the identity',
    { ...insights, APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD' },
    'telemetry',
    'passed',
    /with the identity/,
  ],
  ['a collector alone', collector, 'telemetry', 'unknown', /the Functions host uses gRPC/],
  [
    'a collector and its protocol',
    { ...collector, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' },
    'telemetry',
    'passed',
    /to an OpenTelemetry collector/,
  ],
];

test.each(rows)('with %s %j, %s is %s', async (_given, settings, check, status, meaning) => {
  const finding = findingOf(await doctor.runChecks({ settings }), check);
  expect(finding).toMatchObject({ status, meaning: expect.stringMatching(meaning) });
});

test('the version is that of the package', () => {
  const file = join(__dirname, '..', '..', 'package.json');
  expect(version).toBe((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version);
});
