import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ofType, only, predictedText, resources, root, scenarios } from './predictions';

interface RoleAssignment {
  readonly id: string;
  readonly properties: { readonly roleDefinitionId: string };
}

const roleNames: Readonly<Record<string, string>> = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88': 'Storage Queue Data Contributor',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
};

/** The assigned role, and the type of the resource in its scope. */
const describeAssignment = ({ id, properties }: RoleAssignment): string => {
  const role = properties.roleDefinitionId.split('/').at(-1) ?? '';
  const scope = /extensionResourceId\(if\(startsWith\(resourceId\('[^']+', '[^']+', '([^']+)'/.exec(
    id,
  )?.[1];
  return `${roleNames[role] ?? role} on ${scope}`;
};

describe.each(scenarios)('identity and roles (%s)', (scenario) => {
  test('has exactly the roles that the app needs', () => {
    const assignments = ofType(scenario, 'Microsoft.Authorization/roleAssignments');
    const described = (assignments as unknown as RoleAssignment[]).map(describeAssignment);
    expect(described.toSorted()).toEqual([
      'Monitoring Metrics Publisher on Microsoft.Insights/components',
      'Storage Blob Data Owner on Microsoft.Storage/storageAccounts',
      'Storage Queue Data Contributor on Microsoft.Storage/storageAccounts',
      'Storage Table Data Contributor on Microsoft.Storage/storageAccounts',
    ]);
  });

  test('gives them to the identity of the app alone', () => {
    for (const assignment of ofType(scenario, 'Microsoft.Authorization/roleAssignments')) {
      expect(assignment['properties']).toMatchObject({
        principalId: expect.stringMatching(/'identity-\{0\}'.*\.outputs\.principalId\.value\]$/),
        principalType: 'ServicePrincipal',
      });
    }
  });

  test('runs the app as that identity', () => {
    expect(only(scenario, 'Microsoft.Web/sites')['identity']).toMatchObject({
      type: 'UserAssigned',
    });
  });
});

describe.each(scenarios)('everything (%s)', (scenario) => {
  test('takes telemetry with Microsoft Entra tokens only', () => {
    expect(only(scenario, 'Microsoft.Insights/components')['properties']).toMatchObject({
      DisableLocalAuth: true,
    });
    expect(only(scenario, 'Microsoft.OperationalInsights/workspaces')['properties']).toMatchObject({
      features: { disableLocalAuth: true },
    });
  });

  test('is of a resource type and API version that was looked at', () => {
    const apiVersions: Readonly<Record<string, string>> = {
      'Microsoft.Authorization': '2022-04-01',
      'Microsoft.Insights': '2020-02-02',
      'Microsoft.Insights/scheduledQueryRules': '2023-12-01',
      'Microsoft.Insights/workbooks': '2023-06-01',
      'Microsoft.ManagedIdentity': '2023-01-31',
      'Microsoft.Network/privateDnsZones': '2024-06-01',
      'Microsoft.Network': '2024-05-01',
      'Microsoft.OperationalInsights': '2023-09-01',
      'Microsoft.Resources': '2024-07-01',
      'Microsoft.Storage': '2024-01-01',
      'Microsoft.Web': '2024-04-01',
    };
    const known = (type: string) => {
      const [provider = '', name = ''] = type.split('/');
      return apiVersions[`${provider}/${name}`] ?? apiVersions[provider];
    };
    const unknown = resources(scenario).filter(
      ({ type, apiVersion }) => known(type) !== apiVersion,
    );
    expect(unknown.map(({ type, apiVersion }) => `${type}@${apiVersion}`)).toEqual([]);
  });

  test('reads no key and holds no connection string of storage', () => {
    // The name of the setting in which a secret would be; this one has the client id of an identity.
    const withoutIdentity = predictedText(scenario).replace(
      '"clientSecretSettingName": "OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID"',
      '',
    );
    expect(withoutIdentity).not.toMatch(/listKeys|listAccountSas|AccountKey|SharedAccess|secret/i);
  });
});

test('no Bicep file asks for a key or takes a secret', () => {
  const infra = join(root, 'infra');
  const files = readdirSync(infra, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.bicep(param)?$/.test(file),
  );
  expect(files.length).toBeGreaterThan(5);
  const offending = files.filter((file) =>
    /list[A-Z]\w*\(|@secure\(\)|getSecret/.test(readFileSync(join(infra, file), 'utf8')),
  );
  expect(offending).toEqual([]);
});

test('every parameter and output is described', () => {
  const infra = join(root, 'infra');
  const undescribed = readdirSync(infra, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.bicep'))
    .flatMap((file) => {
      const declarations = readFileSync(join(infra, file), 'utf8').split('\n\n');
      return declarations
        .filter((text) => /^(param|output) /m.test(text) && !text.includes('@description('))
        .map((text) => `${file}: ${text.split('\n')[0]}`);
    });
  expect(undescribed).toEqual([]);
});
