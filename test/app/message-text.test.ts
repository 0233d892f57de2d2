import { leaveOutMessageText } from '../../src/app/message-text';

test('only the text of a message is removed before the library sees the call', () => {
  const seen: unknown[] = [];
  const model = { getInvocationModel: (call: unknown) => seen.push(call) };
  leaveOutMessageText({ getProgrammingModel: () => model });
  const triggerMetadata = { QueueTrigger: { string: '[[]]' }, DequeueCount: { int: 2 } };
  expect(model.getInvocationModel({ request: { triggerMetadata } })).toBe(1);
  expect(model.getInvocationModel({ request: {} })).toBe(2);
  expect(seen).toEqual([
    { request: { triggerMetadata: { DequeueCount: { int: 2 } } } },
    { request: {} },
  ]);
});
