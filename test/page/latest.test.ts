import { Latest } from '../../page/src/steps/file/latest';

function setUp() {
  const latest = new Latest();
  const ends: unknown[] = [];
  const wait = (work: Promise<unknown>): Promise<void> =>
    latest.wait(
      work,
      (value) => ends.push(value),
      (thrown) => ends.push(thrown),
    );
  return { latest, ends, wait };
}

test('a file that is read longer than the next one does not replace it', async () => {
  const { ends, wait } = setUp();
  const first = Promise.withResolvers();
  const second = Promise.withResolvers();
  const third = Promise.withResolvers();
  const waits = [first, second, third].map(({ promise }) => wait(promise));
  third.resolve('third');
  first.resolve('first');
  second.reject(new Error('second'));
  await Promise.all(waits);
  expect(ends).toEqual(['third']);
});

test('a file that is read after the step was left changes nothing', async () => {
  const { latest, ends, wait } = setUp();
  const left = wait(Promise.resolve('left'));
  latest.leave();
  await left;
  await wait(Promise.reject(new Error('next')));
  expect(ends).toEqual([new Error('next')]);
});
