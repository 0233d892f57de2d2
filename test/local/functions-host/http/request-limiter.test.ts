import { RequestLimiter } from '../../../../local/functions-host/http/request-limiter';

test('runs some, queues some, refuses the rest', async () => {
  const limiter = new RequestLimiter({ maxConcurrentRequests: 1, maxOutstandingRequests: 2 });
  const order: string[] = [];
  const { promise: first, resolve: finishFirst } = Promise.withResolvers<void>();
  const one = limiter.run(async () => {
    order.push('first');
    await first;
  });
  const two = limiter.run(async () => void order.push('second'));
  expect(await limiter.run(async () => void order.push('third'))).toBe(false);
  expect(order).toEqual(['first']);
  finishFirst();
  expect(await Promise.all([one, two])).toEqual([true, true]);
  expect(order).toEqual(['first', 'second']);
});

test('a failed task gives its place back', async () => {
  const limiter = new RequestLimiter({ maxConcurrentRequests: 1, maxOutstandingRequests: 1 });
  await expect(limiter.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await limiter.run(async () => undefined)).toBe(true);
});
