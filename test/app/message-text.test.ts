import { leaveOutMessageText } from '../../src/app/message-text';

test('the text of a message is gone before the library sees the call, and nothing else', () => {
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
