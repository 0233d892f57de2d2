import * as fc from 'fast-check';
import {
  decodeMessage,
  encodeMessage,
  toTriggerInput,
  toTriggerMetadata,
} from '../../../../local/functions-host/queue/message';
import { anyText } from '../../../support/arbitraries/any-text';

const message = {
  messageId: 'message-1',
  popReceipt: 'receipt',
  dequeueCount: 3,
  insertedOn: new Date('2026-11-23T16:04:44.123Z'),
  expiresOn: new Date('2026-11-30T16:04:44Z'),
  nextVisibleOn: new Date('2026-11-23T16:14:44Z'),
  messageText: '',
};

test.each<[string, string | undefined]>([
  ['eyJhIjoxfQ==', '{"a":1}'],
  ['eyJh\r\nIjoxfQ==', '{"a":1}'],
  ['', ''],
  ['{"a":1}', undefined],
  ['eyJhIjoxfQ=', undefined],
  ['abc', undefined],
])('base64 text %j is %j', (text, decoded) => {
  expect(decodeMessage(text, 'base64')?.toString()).toBe(decoded);
});

test.each(['base64', 'none'] as const)('what is encoded as %s is decoded the same', (encoding) => {
  fc.assert(
    fc.property(anyText(), (text) => {
      expect(decodeMessage(encodeMessage(text, encoding), encoding)?.toString()).toBe(text);
    }),
  );
});

test('bytes that are not UTF-8 fail, unless the function wants bytes', () => {
  const bytes = Buffer.from([0xff, 0xfe]);
  expect(() => toTriggerInput(bytes, false)).toThrow(/not valid/);
  expect(toTriggerInput(bytes, true)).toEqual({ bytes });
});

test('the metadata describes the message', () => {
  expect(toTriggerMetadata(message, { string: 'hello' })).toEqual({
    QueueTrigger: { string: 'hello' },
    DequeueCount: { int: 3 },
    Id: { json: '"message-1"' },
    PopReceipt: { json: '"receipt"' },
    InsertionTime: { json: '"2026-11-23T16:04:44+00:00"' },
    ExpirationTime: { json: '"2026-11-30T16:04:44+00:00"' },
    NextVisibleTime: { json: '"2026-11-23T16:14:44+00:00"' },
  });
});

test('properties of a JSON object replace metadata of the same name', () => {
  const text =
    '{"ID":"x","dequeueCount":99,"own":1.5,"yes":true,"none":null,"list":[1],"deep":{"A":1}}';
  expect(toTriggerMetadata(message, { string: text })).toMatchObject({
    Id: { string: 'x' },
    DequeueCount: { string: '99' },
    own: { string: '1.5' },
    yes: { string: 'True' },
    deep: { json: '{"A":1}' },
  });
  expect(toTriggerMetadata(message, { string: text })).not.toHaveProperty('none');
  expect(toTriggerMetadata(message, { string: text })).not.toHaveProperty('list');
});

test('bytes are in the metadata as text, and their properties are not merged', () => {
  const metadata = toTriggerMetadata(message, { bytes: Buffer.from('{"id":"x"}') });
  expect(metadata).toMatchObject({ QueueTrigger: { string: '{"id":"x"}' } });
  expect(metadata).toMatchObject({ Id: { json: '"message-1"' } });
});

test.each([
  ['2026-01-01T00:00:00+02:00', '12/31/2025 22:00:00'],
  ['2026-01-01T00:00:00.5Z', '01/01/2026 00:00:00'],
  ['2026-01-01T09:30:00', '01/01/2026 09:30:00'],
  ['2026-01-01', '2026-01-01'],
  ['2026-13-01T00:00:00Z', '2026-13-01T00:00:00Z'],
])('a property %s is printed as .NET prints it', (given, printed) => {
  const input = { string: JSON.stringify({ at: given }) };
  expect(toTriggerMetadata(message, input)).toMatchObject({ at: { string: printed } });
});
