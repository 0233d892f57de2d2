import { DoctorHarness, findingOf, troubles } from '../support/harness/doctor-harness';
import { useAzurite } from '../support/harness/azurite';
import { anna } from '../support/harness/graph-harness';
import { diagnoseLicence } from '../../src/doctor/organizer';
import type { GraphAnswer } from '../../src/doctor/probes';

const storage = useAzurite();
let doctor: DoctorHarness;
beforeAll(async () => {
  doctor = await DoctorHarness.start(storage.connectionString);
});
beforeEach(() => doctor.graph.reset());
afterAll(() => doctor.close());

const user = '^/v1.0/users/[^/]+$';
const meetings = '^/v1.0/users/[^/]+/onlineMeetings$';
const licences = '^/v1.0/users/[^/]+/licenseDetails$';

const error = (code: string, message: string): object => ({ error: { code, message } });
const refusal = error(
  'Forbidden',
  'No application access policy found for this app x on the user.',
);
const badRequest = error('BadRequest', '1026: An error has occurred.');
const throttled = error('TooManyRequests', 'Please retry again later.');
const authentication = error('AuthenticationError', 'Error authenticating with resource');
const unlicensed = error('Forbidden', 'TeamsMeetingProcessorException: 9024');
const reply = (body: object): GraphAnswer => ({
  kind: 'reply',
  status: 200,
  code: '',
  message: '',
  body,
  durationMs: 1,
});

/** Graph gives this answer to one kind of call, and normal answers to all others. */
const answer = (match: object, status: number, body: object): void =>
  doctor.graph.setFaults({ rules: [{ match, fault: { kind: 'status', status, body } }] });

describe('one answer of Microsoft Graph, and the doctor’s findings', () => {
  test.each([
    ['search', meetings, 403, unlicensed, ['failed licence'], /missing Teams licence/],
    ['search', meetings, 500, {}, ['unknown accessPolicy'], /returned 500/],
    ['search', meetings, 400, badRequest, ['unknown accessPolicy'], /returned 400/],
    ['search', meetings, 401, authentication, ['unknown accessPolicy'], /returned 401/],
    ['search', meetings, 429, throttled, ['unknown accessPolicy'], /returned 429/],
    [
      'search',
      meetings,
      404,
      error('UnknownError', ''),
      ['unknown accessPolicy'],
      /does not know this user/,
    ],
    ['user', user, 503, {}, ['unknown organizer'], /returned 503/],
    ['licences', licences, 403, {}, ['unknown licence'], /cannot be read/],
  ])('to the %s at %s, %i %j: %j', async (_call, path, status, body, found, meaning) => {
    answer({ method: 'GET', path }, status, body);
    const report = await doctor.runChecks({ query: `organizer=${anna}` });
    expect(troubles(report)).toEqual(found);
    expect(findingOf(report, found[0]?.split(' ')[1] ?? '').meaning).toMatch(meaning);
  });

  test('a person whose address somebody else has too', async () => {
    doctor.tenant.updateUser('dc17674c-81d9-4adb-bfb2-8f6a442e4602', { mail: 'anna@contoso.com' });
    const report = await doctor.runChecks({ query: 'organizer=anna@contoso.com' });
    expect(troubles(report)).toEqual(['failed organizer', 'unknown accessPolicy']);
    expect(findingOf(report, 'organizer')).toMatchObject({
      meaning: 'More than one user has this address.',
      remedy: 'Specify the user by object id.',
    });
  });

  test('a licence in which Teams is switched off', () => {
    const servicePlans = [{ servicePlanName: 'TEAMS1', provisioningStatus: 'Disabled' }];
    expect(diagnoseLicence(reply({ value: [{ servicePlans }] }), reply({ value: [] }))).toEqual({
      check: 'licence',
      status: 'failed',
      meaning: 'Microsoft Teams is switched off for the organizer.',
      remedy: expect.stringMatching(/turn Teams on in it/),
    });
  });
});

describe('a probe whose meeting was not made, or may have been', () => {
  const notMade = 'No meeting could be created.';
  const mayExist = 'The call to Microsoft Graph was interrupted. The meeting may or may not exist.';

  test.each([
    ['is refused', { kind: 'status', status: 403, body: refusal }, notMade, 0],
    ['is not understood', { kind: 'status', status: 400, body: badRequest }, notMade, 0],
    ['breaks off before it had effect', { kind: 'status', status: 500 }, mayExist, 0],
    ['breaks off after it had effect', { kind: 'status', status: 500, when: 'after' }, mayExist, 1],
    ['loses its connection', { kind: 'drop', when: 'after' }, mayExist, 1],
  ])('%s', async (_what, fault, meaning, left) => {
    doctor.graph.setFaults({ rules: [{ match: { method: 'POST' }, fault }] });
    const report = await doctor.runChecks({ query: `organizer=${anna}&probe=true` });
    expect(troubles(report)).toEqual(['failed probe']);
    expect(findingOf(report, 'probe').meaning).toBe(meaning);
    expect(doctor.graph.meetings.list()).toHaveLength(left);
  });
});
