import type { QueueClient } from '@azure/storage-queue';
import { eventually } from '../../support/harness/eventually';
import { StackHarness } from '../../support/harness/stack-harness';
import { evaluateTemplate } from '../../support/power-automate/workflow-expression';
import { plainFunctions } from '../../support/power-automate/workflow-functions';

/** The results of a Select, and of a loop over it, in a flow. */
const requests = (prefix: string): object[] =>
  [1, 2].map((row) => ({
    requestId: `${prefix}-${row}`,
    organizer: 'anna@contoso.com',
    timeZone: 'Pacific Standard Time',
    durationMinutes: '30',
    meeting: {
      subject: 'Łódź — parents’ evening 🎓',
      startDateTime: '46357.604166666664',
      participants: { attendees: '' },
    },
  }));

const evaluate = (expression: string, prefix: string): string =>
  evaluateTemplate(expression, {
    ...plainFunctions,
    body: () => requests(prefix),
    items: () => requests(prefix)[0],
  }) as string;

const parseJson = (messageText: string): unknown =>
  evaluateTemplate("@json(triggerBody()?['MessageText'])", {
    ...plainFunctions,
    triggerBody: () => ({ MessageText: messageText }),
  });

/** The first messages, as text, once there are any. */
async function textsIn(queue: QueueClient): Promise<string[]> {
  await queue.createIfNotExists();
  return eventually(`a message in ${queue.name}`, async () => {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
    return receivedMessageItems.length > 0 && receivedMessageItems.map((item) => item.messageText);
  });
}

describe('messages that flows put on the queue', () => {
  const harness = StackHarness.use();

  test.each([
    ['list', "@string(body('Select'))", 2],
    ['interpolated', "@{body('Select')}", 2],
    ['item', "@string(items('Apply_to_each'))", 1],
    ['base64', "@base64(string(body('Select')))", 2],
    ['base64-item', "@base64(string(items('Apply_to_each')))", 1],
    ['wrapped', "@{concat('{\"requests\":', string(body('Select')), '}')}", 2],
  ])('%s: %s', async (prefix, expression, count) => {
    await harness.send(evaluate(expression, prefix));
    for (let row = 1; row <= count; row += 1) {
      expect(await harness.resultOf(`${prefix}-${row}`)).toMatchObject({
        status: 'created',
        meeting: {
          subject: 'Łódź — parents’ evening 🎓',
          startDateTime: expect.stringMatching(/^2026-12-01T22:30:00/) as unknown,
        },
      });
    }
  });

  test('made into a string twice, and then base64 on top', async () => {
    await harness.send(JSON.stringify(evaluate("@string(body('Select'))", 'twice')));
    await harness.send(
      Buffer.from(JSON.stringify(evaluate("@string(body('Select'))", 'thrice'))).toString('base64'),
    );
    for (const id of ['twice-1', 'twice-2', 'thrice-1', 'thrice-2']) {
      expect(await harness.resultOf(id)).toMatchObject({ status: 'created' });
    }
  });
});

describe('results that flows read', () => {
  const harness = StackHarness.use();

  test('need one Parse JSON, and are plain ASCII text', async () => {
    await harness.send(evaluate("@string(items('Apply_to_each'))", 'plain'));
    const [text] = await textsIn(harness.queue('meeting-results'));
    expect(text).toMatch(/^[\x20-\x7e]+$/);
    expect(parseJson(text ?? '')).toMatchObject({
      requestId: 'plain-1',
      status: 'created',
      meeting: { subject: 'Łódź — parents’ evening 🎓' },
      error: null,
    });
  });
});

describe('results with RESULT_ENCODING=base64', () => {
  const harness = StackHarness.use({ settings: { RESULT_ENCODING: 'base64' } });

  test('need base64ToString before Parse JSON', async () => {
    await harness.send(evaluate("@string(items('Apply_to_each'))", 'encoded'));
    const [text] = await textsIn(harness.queue('meeting-results'));
    expect(() => parseJson(text ?? '')).toThrow(SyntaxError);
    const decoded = evaluateTemplate("@json(base64ToString(triggerBody()?['MessageText']))", {
      ...plainFunctions,
      triggerBody: () => ({ MessageText: text }),
    });
    expect(decoded).toMatchObject({ requestId: 'encoded-1', status: 'created' });
  });
});
