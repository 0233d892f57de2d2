import type { FaultPlanInput } from '../../../local/graph-simulator';
import { makeGraphMeetings } from '../../../src/adapters/graph/meetings';
import type { MeetingProvider } from '../../../src/meetings/ports';
import { anna, GraphHarness, soon } from '../../support/harness/graph-harness';

let harness: GraphHarness;
let graph: MeetingProvider;
beforeAll(async () => {
  harness = await GraphHarness.start();
  graph = makeGraphMeetings(harness.graph);
});
afterAll(() => harness.close());

type Fault = NonNullable<FaultPlanInput['rules']>[number]['fault'];

function answerWith(fault: Fault): void {
  harness.simulator.reset();
  harness.simulator.setFaults({ rules: [{ match: { method: 'POST' }, count: 1, fault }] });
}

const refused = (message: string): string =>
  JSON.stringify({ error: { code: 'Forbidden', message } });

describe('an answer of Graph', () => {
  test.each<[string, Fault, string, string]>([
    [
      '408 after commit',
      { kind: 'status', status: 408, when: 'after' },
      'graphUnavailable',
      'unknown',
    ],
    [
      'success without a meeting',
      { kind: 'status', status: 201, body: {}, when: 'after' },
      'graphUnavailable',
      'unknown',
    ],
    [
      'success without a body',
      { kind: 'status', status: 201, text: '', when: 'after' },
      'graphUnavailable',
      'unknown',
    ],
    [
      'success as a page',
      { kind: 'status', status: 200, text: '<!DOCTYPE html><title>Sign in</title>', when: 'after' },
      'graphUnavailable',
      'unknown',
    ],
    [
      'success as a list',
      { kind: 'status', status: 200, text: '[]', when: 'after' },
      'graphUnavailable',
      'unknown',
    ],
    [
      'a refusal as a page',
      { kind: 'status', status: 403, text: '<html>Forbidden</html>' },
      'accessDenied',
      'no',
    ],
    [
      'a refusal behind a byte order mark',
      {
        kind: 'status',
        status: 403,
        text: `\uFEFF${refused('No application access policy found for this app')}`,
      },
      'accessPolicyMissing',
      'no',
    ],
  ])('that is %s', async (_name, fault, code, executed) => {
    answerWith(fault);
    await expect(graph.create(anna, { subject: 'A' }, soon())).rejects.toMatchObject({
      code,
      executed,
    });
  });

  test('that is a meeting behind a byte order mark is a meeting', async () => {
    answerWith({ kind: 'status', status: 201, text: '\uFEFF{"id":"MSpk"}' });
    const { meeting } = await graph.create(anna, { subject: 'A' }, soon());

    expect(meeting).toEqual({ id: 'MSpk' });
  });

  test('of 401 makes the next call ask for a new token', async () => {
    answerWith({ kind: 'status', status: 401 });
    await expect(graph.create(anna, { subject: 'A' }, soon())).rejects.toMatchObject({
      code: 'graphAuthenticationFailed',
      executed: 'no',
    });
    const asked = harness.tokensGiven;
    await graph.create(anna, { subject: 'A' }, soon());

    expect(harness.tokensGiven).toBe(asked + 1);
  });

  test('that omits properties is passed on unchanged', async () => {
    answerWith({ kind: 'omit', properties: ['allowRecording'] });
    const { meeting } = await graph.create(anna, { subject: 'A' }, soon());
    const read = await graph.get(anna, meeting.id, soon());

    expect(meeting).not.toHaveProperty('allowRecording');
    expect(read).toMatchObject({ id: meeting.id, allowRecording: true });
  });

  test('that has only changed properties is passed on unchanged', async () => {
    answerWith({ kind: 'omit', allBut: ['id', 'subject'] });
    const { meeting } = await graph.create(anna, { subject: 'A' }, soon());

    expect(Object.keys(meeting)).toEqual(['id', 'subject']);
  });
});
