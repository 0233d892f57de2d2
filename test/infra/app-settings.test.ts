import { loadConfig } from '../../src/config/config';
import { settings } from '../../src/config/settings';
import { appSettings, type Scenario } from './predictions';

const setByTemplate = (scenario: Scenario) => Object.keys(appSettings(scenario));

const filledIn = (value: string): string => {
  if (value.includes('.outputs.clientId.')) return '33333333-3333-3333-3333-333333333333';
  if (value.includes('.outputs.connectionString.'))
    return 'InstrumentationKey=44444444-4444-4444-4444-444444444444;IngestionEndpoint=https://x/';
  return value.startsWith('[') ? 'https://account.example/' : value;
};

describe('app settings', () => {
  /** Read by the Functions host, not by the app. */
  const ofTheHost = [
    'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
    'APPLICATIONINSIGHTS_CONNECTION_STRING',
    'OTEL_TRACES_SAMPLER',
    'OTEL_TRACES_SAMPLER_ARG',
  ];
  /** Alternatives to the identity and three service URIs of the template. */
  const alternatives = ['AzureWebJobsStorage', 'AzureWebJobsStorage__accountName'];
  const ofTheApp = settings
    .filter((setting) => !('platform' in setting))
    .map(({ name }) => name as string);

  test('are all known to the app or the host', () => {
    const known = new Set([...ofTheApp, ...ofTheHost]);
    expect(setByTemplate('everything').filter((name) => !known.has(name))).toEqual([]);
  });

  test('can all be set through the template', () => {
    const set = new Set([...setByTemplate('everything'), ...alternatives]);
    expect(ofTheApp.filter((name) => !set.has(name))).toEqual([]);
  });

  test('leave the app its own defaults unless the operator says otherwise', () => {
    expect(setByTemplate('plain').toSorted()).toEqual(
      [
        ...ofTheHost,
        'AZURE_CLIENT_ID',
        'AzureWebJobsStorage__blobServiceUri',
        'AzureWebJobsStorage__clientId',
        'AzureWebJobsStorage__credential',
        'AzureWebJobsStorage__queueServiceUri',
        'AzureWebJobsStorage__tableServiceUri',
      ].toSorted(),
    );
  });

  test('make a configuration that the app accepts, once Azure has filled in its expressions', () => {
    const environment = Object.fromEntries(
      Object.entries(appSettings('everything')).map(([name, value]) => [name, filledIn(value)]),
    );
    expect(loadConfig(environment)).toMatchObject({
      storage: { kind: 'identity', clientId: '33333333-3333-3333-3333-333333333333' },
      graph: { baseUrl: 'https://graph.microsoft.us', timeoutMs: 20_000 },
      requests: { maxAgeMs: 172_800_000 },
      directory: { cacheMs: 300_000 },
      results: { encoding: 'base64' },
      signIn: { tenantId: '11111111-1111-1111-1111-111111111111' },
    });
  });

  test('let no sampler take log lines away', () => {
    expect(appSettings('plain')).toMatchObject({
      OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage',
      OTEL_TRACES_SAMPLER_ARG: '1',
    });
  });

  test('let the host speak to a collector as the app does', () => {
    expect(appSettings('everything')['OTEL_EXPORTER_OTLP_PROTOCOL']).toBe('http/protobuf');
  });

  test('send telemetry with the identity', () => {
    expect(appSettings('plain')['APPLICATIONINSIGHTS_AUTHENTICATION_STRING']).toMatch(
      /^\[format\('ClientId=\{0\};Authorization=AAD', .*outputs\.clientId\.value\)\]$/,
    );
  });
});
