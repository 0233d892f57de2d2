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

  describe('with a request that has no id', () => {
    const { requestId: _, ...unnamed } = named;
    const gridEvent = { id: '1', topic: '/t', eventType: 'x', data: unnamed };
    const idsOf = (value: unknown) =>
      requestsIn(decodeMessage(Buffer.from(JSON.stringify(value))), origin).map(
        ({ requestId }) => requestId,
      );

    test.each<[string, unknown, readonly string[]]>([
      ['an event', { ...cloudEvent, data: unnamed }, ['event:/x:1']],
      ['an event of Event Grid', gridEvent, ['event:/t:1']],
      ['a list of events', [gridEvent, { ...gridEvent, id: '2' }], ['event:/t:1', 'event:/t:2']],
      [
        'an event with a list',
        { ...cloudEvent, data: [unnamed, unnamed] },
        ['event:/x:1:0', 'event:/x:1:1'],
      ],
      [
        'an event in a message',
        { MessageText: JSON.stringify({ ...cloudEvent, data: unnamed }) },
        ['event:/x:1'],
      ],
      [
        'an event whose source is too long',
        { ...cloudEvent, source: 'x'.repeat(300), data: unnamed },
        ['event:Vxr6WmvY2zoHOyhaqixpkhiYMBSpuMzkLjWC5gyM6EE'],
      ],
      [
        'an event with a list whose source is almost too long',
        { ...cloudEvent, source: 'x'.repeat(246), data: [unnamed] },
        ['event:fvmfNYUepNrcJHBqSJQPuMfkjPdSa9smxTRnJ33-SAg:0'],
      ],
      ['an event without an id', { ...cloudEvent, id: 7, data: unnamed }, ['m1']],
      ['no event', { body: unnamed }, ['m1']],
    ])('%s keeps one id, however often it is delivered', (_name, value, ids) => {
      expect(idsOf(value)).toEqual(ids);
    });
  });

  test.each(["b'{}'", 'b"e30="'])('%s is named as Python bytes', (text) => {
    expect(() => decodeMessage(Buffer.from(text))).toThrow(/Python bytes\. Call decode/);
  });

  test('a name that a message has twice is named', () => {
    const twice = Buffer.from('{"requestId":"a","requestId":"b"}').toString('base64');
    expect(() => decodeMessage(Buffer.from(twice))).toThrow('"requestId" occurs twice');
  });
});
