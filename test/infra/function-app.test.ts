import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ofType, only, ownNames, root, scenarios, type Scenario } from './predictions';

describe.each(scenarios)('function app (%s)', (scenario) => {
  const site = only(scenario, 'Microsoft.Web/sites');

  test('runs on Flex Consumption with Node 24', () => {
    expect(only(scenario, 'Microsoft.Web/serverfarms')['sku']).toEqual({
      name: 'FC1',
      tier: 'FlexConsumption',
    });
    expect(site['properties']).toMatchObject({
      functionAppConfig: {
        runtime: { name: 'node', version: '24' },
        deployment: { storage: { authentication: { type: 'UserAssignedIdentity' } } },
      },
    });
  });

  test('speaks HTTPS only and takes no publishing password', () => {
    expect(site['properties']).toMatchObject({
      httpsOnly: true,
      siteConfig: { minTlsVersion: '1.2' },
    });
    const type = 'Microsoft.Web/sites/basicPublishingCredentialsPolicies';
    expect(ownNames(scenario, type)).toEqual(['ftp', 'scm']);
    for (const policy of ofType(scenario, type)) {
      expect(policy['properties']).toEqual({ allow: false });
    }
  });

  test('is found by azd', () => {
    expect(site.tags).toEqual({ 'azd-env-name': 'test', 'azd-service-name': 'convoke' });
    expect(readFileSync(join(root, 'azure.yaml'), 'utf8')).toMatch(/^services:\n {2}convoke:/m);
  });
});

describe('azd', () => {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');

  test('deploys what the package script makes, where nothing is built again', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(scripts['package']).toBe('node tools/package.mjs');
    expect(read('tools/package.mjs')).toContain("argument ?? join(root, 'dist/package')");
    const [, service = ''] = read('azure.yaml').split(/^services:\n/m);
    expect(service).toMatch(/^ {4}project: \.$/m);
    expect(service).toMatch(/^ {4}dist: dist\/package$/m);
    expect(service).toMatch(/^ {4}remoteBuild: false$/m);
    expect(service.match(/^ {6}prepackage:$/gm)).toHaveLength(1);
    expect(service.match(/^ {10}run: npm run package$/gm)).toHaveLength(2);
  });

  test('is not told to build in Azure by an ignored node_modules', () => {
    const patterns = read('.funcignore')
      .split('\n')
      .filter((line) => !/^(#|$)/.test(line));
    expect(patterns).toEqual(['local.settings.json']);
  });

  test('is not undone by the script that azd runs after the package is made', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect([scripts['prebuild'], scripts['build'], scripts['postbuild']]).toEqual([
      'node tools/check-node.mjs',
      'node node_modules/typescript/bin/tsc -p tsconfig.build.json',
      'node tools/remove-stale.mjs && node tools/build-page.mjs && node tools/bundle-host.mjs',
    ]);
  });
});

function scale(scenario: Scenario): unknown {
  const { properties } = only(scenario, 'Microsoft.Web/sites') as unknown as {
    properties: { functionAppConfig: { scaleAndConcurrency: unknown } };
  };
  return properties.functionAppConfig.scaleAndConcurrency;
}

describe('scale', () => {
  test('keeps no instance warm and leaves HTTP concurrency to the platform by default', () => {
    expect(scale('plain')).toEqual({
      instanceMemoryMB: 2048,
      maximumInstanceCount: 40,
      alwaysReady: [],
    });
  });

  test('follows the operator', () => {
    expect(scale('everything')).toEqual({
      instanceMemoryMB: 512,
      maximumInstanceCount: 100,
      alwaysReady: [{ name: 'http', instanceCount: 1 }],
      triggers: { http: { perInstanceConcurrency: 32 } },
    });
  });
});

describe('sign-in', () => {
  test('is off unless an app registration is given', () => {
    expect(ofType('plain', 'Microsoft.Web/sites/config')).toEqual([]);
  });

  test('holds no secret, and leaves health, the description, the page and the batch capability URL open', () => {
    expect(only('everything', 'Microsoft.Web/sites/config')['properties']).toEqual({
      platform: { enabled: true },
      globalValidation: {
        requireAuthentication: true,
        unauthenticatedClientAction: 'Return401',
        excludedPaths: [
          '/api/health',
          '/api/openapi.json',
          '/api/batches/*',
          '/api/app',
          '/api/app/files/*',
        ],
      },
      httpSettings: { requireHttps: true },
      identityProviders: {
        azureActiveDirectory: {
          enabled: true,
          registration: {
            clientId: '33333333-3333-3333-3333-333333333333',
            // No secret: the name of a setting with the identity's client id.
            clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID',
            openIdIssuer: expect.stringContaining('/v2.0'),
          },
          validation: {
            allowedAudiences: [
              '33333333-3333-3333-3333-333333333333',
              'api://33333333-3333-3333-3333-333333333333',
            ],
          },
        },
      },
      login: { tokenStore: { enabled: false } },
    });
  });
});
