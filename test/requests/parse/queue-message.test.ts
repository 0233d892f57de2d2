import fc from 'fast-check';
import { MeetingError } from '../../../src/errors/meeting-error';
import {
  decodeMessage,
  requestsIn,
  storedNameIn,
  toMessage,
  toReference,
  type ReceivedMessage,
} from '../../../src/requests/parse/queue-message';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const received: ReceivedMessage = {
  messageId: 'm-1',
  bytes: new Uint8Array(),
  deliveries: 1,
  metadata: { attempts: 0, acceptedDateTime: '2026-12-01T08:00:00.000Z' },
};

describe('decodeMessage', () => {
  test('gives back any object, however it was wrapped', () => {
    const wrappings = fc.array(
      fc.constantFrom(base64, (text: string) => JSON.stringify(text)),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), wrappings, (value, wraps) => {
        const text = wraps.reduce((inner, wrap) => wrap(inner), JSON.stringify(value));
        expect(decodeMessage(bytes(text))).toEqual(value);
      }),
    );
  });

  test('answers anything else with invalidMessage and nothing worse', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (message) => {
        try {
          expect(typeof decodeMessage(message)).toBe('object');
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(MeetingError);
          expect((thrown as MeetingError).code).toBe('invalidMessage');
        }
      }),
    );
  });
});

describe('requestsIn', () => {
  test('a request alone falls back on the message id, one of a list on its place', () => {
    expect(requestsIn({ organizer: 'a' }, received).map((queued) => queued.requestId)).toEqual([
      'm-1',
    ]);
    expect(requestsIn([{}, {}], received).map((queued) => queued.requestId)).toEqual([
      'm-1:0',
      'm-1:1',
    ]);
    expect(requestsIn({ requests: [{}] }, received).map((queued) => queued.requestId)).toEqual([
      'm-1:0',
    ]);
  });

  test('a request that was put back keeps its history', () => {
    const metadata = {
      attempts: 3,
      acceptedDateTime: '2026-11-30T08:00:00.000Z',
      batchId: 'b',
      index: 16,
      traceparent: '00-a-b-01',
    };
    const [queued] = requestsIn(
      toMessage({ organizer: 'anna@contoso.com' }, 'r-1', metadata),
      received,
    );
    expect(queued).toEqual({
      requestId: 'r-1',
      hasOwnId: true,
      input: { organizer: 'anna@contoso.com', requestId: 'r-1' },
      metadata,
    });
  });

  test.each([
    ['a count that is none', { attempts: -1 }],
    ['a time that is none', { acceptedDateTime: 'soon' }],
    ['nothing', null],
    ['text', 'x'],
    ['a time that is still to come', { acceptedDateTime: '9999-12-31T00:00:00Z' }],
    ['a count that no table takes', { attempts: 2 ** 31, index: 1e300 }],
    ['names that fill a message', { batchId: 'b'.repeat(257), traceparent: 't'.repeat(60_000) }],
  ])('metadata with %s counts as new', (_name, metadata) => {
    const [queued] = requestsIn({ organizer: 'a', metadata }, received);
    expect(queued?.metadata).toEqual({ attempts: 0, acceptedDateTime: '2026-12-01T08:00:00.000Z' });
  });
});

test('a time in another form is kept as the instant that it is', () => {
  const metadata = { acceptedDateTime: `Mon, 30 Nov 2026 09:00:00 +0100 (${'x'.repeat(60_000)})` };
  const [queued] = requestsIn({ organizer: 'a', metadata }, received);
  expect(queued?.metadata.acceptedDateTime).toBe('2026-11-30T08:00:00.000Z');
});

test('a reference to a stored text is known by having nothing else', () => {
  expect(storedNameIn(toReference('a.txt'))).toBe('a.txt');
  expect(storedNameIn({ requestBlob: 'a.txt', organizer: 'x' })).toBeUndefined();
  expect(storedNameIn({ requestBlob: 7 })).toBeUndefined();
});
