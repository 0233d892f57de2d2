import { Hooks } from '../../../../local/functions-host/worker/hooks';

test('hooks run in the order of their registration until they are disposed', async () => {
  const hooks = new Hooks();
  const seen: string[] = [];
  const first = hooks.register('preInvocation', () => seen.push('first'));
  hooks.register('preInvocation', () => seen.push('second'));
  await hooks.run('preInvocation', {});
  first.dispose();
  await hooks.run('preInvocation', {});
  expect(seen).toEqual(['first', 'second', 'second']);
});

test('an unknown hook is refused in the way that the library recognises', () => {
  const hooks = new Hooks();
  const register = () => hooks.register('beforeLunch', () => undefined);
  expect(register).toThrow(RangeError);
  expect(register).toThrow(expect.objectContaining({ isAzureFunctionsSystemError: true }));
});
