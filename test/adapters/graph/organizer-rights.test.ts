import { makeOrganizerRights } from '../../../src/adapters/graph/organizer-rights';
import type { OrganizerRights } from '../../../src/meetings/ports';
import { FakeClock } from '../../support/fakes/fake-clock';
import { anna, GraphHarness, soon } from '../../support/harness/graph-harness';

let harness: GraphHarness;
let clock: FakeClock;
let rights: OrganizerRights;
beforeAll(async () => {
  harness = await GraphHarness.start();
});
afterAll(() => harness.close());
beforeEach(() => {
  harness.simulator.reset();
  clock = new FakeClock();
  rights = makeOrganizerRights(harness.graph, clock);
});

const calls = (): number => harness.log.graphCalls.length;

const answerTo = (path: string, fault: object): void =>
  harness.simulator.setFaults({ rules: [{ match: { path }, fault: fault as never }] });

const refused = (message: string): object => ({
  kind: 'status',
  status: 403,
  body: { error: { code: 'Forbidden', message } },
});

const meetings = '/onlineMeetings$';
const licences = '/licenseDetails$';

test('an organizer with a licence and a policy is accepted, and no meeting is made', async () => {
  await expect(rights.check(anna, soon())).resolves.toBeUndefined();
  expect(harness.simulator.meetings.list()).toEqual([]);
});

test('findings are cached for a minute', async () => {
  await rights.check(anna, soon());
  const first = calls();
  await rights.check(anna, soon());
  expect(calls()).toBe(first);
  clock.advance(61_000);
  await rights.check(anna, soon());
  expect(calls()).toBe(first + 2);
});

test.each<[string, string, object, string | undefined]>([
  [
    'no policy',
    meetings,
    refused('No application access policy found for this app'),
    'accessPolicyMissing',
  ],
  ['a licence that is missing', meetings, refused('9024 No licence'), 'organizerNotLicensed'],
  [
    'no Teams among the licences',
    licences,
    { kind: 'status', status: 200, body: { value: [] } },
    'organizerNotLicensed',
  ],
  ['licences that may not be read', licences, refused('Insufficient privileges'), undefined],
  ['a meeting of somebody else', meetings, refused('3003: User does not have access'), undefined],
  ['throttling', meetings, { kind: 'status', status: 429 }, 'throttled'],
])('%s', async (_what, path, fault, code) => {
  answerTo(path, fault);
  const outcome = await rights.check(anna, soon()).then(
    () => undefined,
    (thrown: unknown) => (thrown as { readonly code: string }).code,
  );
  expect(outcome).toBe(code);
});
