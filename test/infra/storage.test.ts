import * as storageNames from '../../src/config/resource-names';
import { ofType, only, ownNames, resources, scenarios, type Scenario } from './predictions';

const storage = 'Microsoft.Storage/storageAccounts';

/** The app's constants whose name ends so. */
const named = (ending: string): string[] =>
  Object.entries(storageNames).flatMap(([constant, name]) =>
    constant.endsWith(ending) && typeof name === 'string' ? [name] : [],
  );

const access = (scenario: Scenario) => only(scenario, storage)['properties'];

/** Storage services with a resource of this type. */
const services = (type: string): string[] =>
  ofType('everything', type)
    .map(({ name }) => /'(blob|queue|table)'/.exec(name)?.[1] ?? name)
    .toSorted();

describe.each(scenarios)('storage (%s)', (scenario) => {
  test('has exactly the queues of the app', () => {
    const expected = named('Queue');
    expect(ownNames(scenario, `${storage}/queueServices/queues`)).toEqual(expected.toSorted());
  });

  test('has exactly the tables of the app', () => {
    const expected = named('Table');
    expect(ownNames(scenario, `${storage}/tableServices/tables`)).toEqual(expected.toSorted());
  });

  test('has the containers of the app and that of the deployment packages', () => {
    const expected = [...named('Container'), 'deployment-packages'];
    expect(ownNames(scenario, `${storage}/blobServices/containers`)).toEqual(expected.toSorted());
  });

  test('takes no keys, no anonymous reader and no old TLS', () => {
    expect(access(scenario)).toMatchObject({
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      minimumTlsVersion: 'TLS1_2',
      supportsHttpsTrafficOnly: true,
    });
    for (const container of ofType(scenario, `${storage}/blobServices/containers`)) {
      expect(container['properties']).toEqual({ publicAccess: 'None' });
    }
  });
});

describe('network', () => {
  test('closes the public address of storage when it is private', () => {
    expect(access('everything')).toMatchObject({
      publicNetworkAccess: 'Disabled',
      networkAcls: { bypass: 'None', defaultAction: 'Deny' },
    });
  });

  test('gives each storage service an endpoint and a DNS zone when it is private', () => {
    for (const type of [
      'privateEndpoints',
      'privateDnsZones',
      'privateEndpoints/privateDnsZoneGroups',
    ]) {
      expect(services(`Microsoft.Network/${type}`)).toEqual(['blob', 'queue', 'table']);
    }
  });

  test('is not made unless asked for', () => {
    expect(resources('plain').filter(({ type }) => type.startsWith('Microsoft.Network/'))).toEqual(
      [],
    );
    expect(access('plain')).toMatchObject({ publicNetworkAccess: 'Enabled' });
  });
});
