import { parseMeetingRequest } from '../../../src/requests/parse/parse-meeting-request';
import { decodeMessage, requestsIn, toMessage } from '../../../src/requests/parse/queue-message';

const named = {
  requestId: 'inside',
  organizer: 'anna@contoso.com',
  meeting: {
    subject: 'Evening',
    startDateTime: '2030-12-03T18:00Z',
    endDateTime: '2030-12-03T19:00Z',
  },
};
const cloudEvent = { specversion: '1.0', type: 'x', source: '/x', id: '1' };

describe('a queue message', () => {
  const origin = {
    messageId: 'm1',
    bytes: new Uint8Array(),
    deliveries: 1,
    metadata: { attempts: 0, acceptedDateTime: '2030-01-01T00:00:00.000Z' },
  };
  const inputsOf = (value: unknown) =>
    requestsIn(decodeMessage(Buffer.from(JSON.stringify(value))), origin).map(({ input }) => input);

  test.each<[string, unknown]>([
    ['an event', { ...cloudEvent, data: named }],
    ['a list of events', [{ id: '1', eventType: 'x', data: named }]],
    ['an event with a list', { ...cloudEvent, data: { requests: [named] } }],
    ['outputs of an action', { body: [named] }],
    ['a message in a message', { MessageId: '1', MessageText: JSON.stringify(named) }],
  ])('that is %s holds its request', (_name, value) => {
    expect(inputsOf(value)).toEqual([named]);
  });

  test('keeps the name of a request that holds a list of its own, when it is sent on', () => {
    const [first] = requestsIn([{ requests: [named] }], origin);
    const sent = toMessage(first?.input as object, 'kept', origin.metadata);
    const [again] = requestsIn(sent, { ...origin, messageId: 'm2' });
    expect(parseMeetingRequest(again?.input)).toMatchObject({ ok: false, requestId: 'kept' });
  });

  test('keeps the name of an envelope that holds no request', () => {
    const [first] = requestsIn([{ ...cloudEvent, data: 7 }], origin);
    const sent = toMessage(first?.input as object, 'kept', origin.metadata);
    const [again] = requestsIn(sent, { ...origin, messageId: 'm2' });
    expect(parseMeetingRequest(again?.input)).toMatchObject({ ok: false, requestId: 'kept' });
  });

  test.each(["b'{}'", 'b"e30="'])('%s is named as Python bytes', (text) => {
    expect(() => decodeMessage(Buffer.from(text))).toThrow(/Python bytes\. Call decode/);
  });

  test('a name that a message has twice is named', () => {
    const twice = Buffer.from('{"requestId":"a","requestId":"b"}').toString('base64');
    expect(() => decodeMessage(Buffer.from(twice))).toThrow('"requestId" occurs twice');
  });
});
