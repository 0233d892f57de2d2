import { makeSpanQueue, type SpanExport } from '../../src/telemetry/span-queue';
import type { EndedSpan } from '../../src/telemetry/tracing';

const span = (name: string): EndedSpan => ({
  name,
  kind: 'internal',
  traceId: '1',
  spanId: '2',
  startMs: 0,
  endMs: 1,
  attributes: {},
});

class Scene {
  readonly sent: string[][] = [];
  readonly lost: number[] = [];
  loads = 0;
  failure: Error | undefined;

  readonly queue = makeSpanQueue({
    load: () => {
      this.loads += 1;
      return this.#send;
    },
    onLoss: (spans) => this.lost.push(spans),
  });

  readonly #send: SpanExport = (spans) => {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.sent.push(spans.map(({ name }) => name));
    return Promise.resolve();
  };
}

test('loads nothing as long as there is nothing to send, and once only', async () => {
  const scene = new Scene();
  await scene.queue.flush();
  expect(scene.loads).toBe(0);
  for (const name of ['a', 'b']) {
    scene.queue.add(span(name));
    await scene.queue.flush();
  }
  expect(scene.loads).toBe(1);
  expect(scene.sent).toEqual([['a'], ['b']]);
});

test('sends in portions of 512, each span once', async () => {
  const scene = new Scene();
  for (let index = 0; index < 1_100; index += 1) scene.queue.add(span(String(index)));
  await Promise.all([scene.queue.flush(), scene.queue.flush()]);
  expect(scene.sent.map(({ length }) => length)).toEqual([512, 512, 76]);
  expect(new Set(scene.sent.flat()).size).toBe(1_100);
});

test('keeps 4096 and says how many it could not keep', async () => {
  const scene = new Scene();
  for (let index = 0; index < 4_100; index += 1) scene.queue.add(span(String(index)));
  await scene.queue.flush();
  expect(scene.lost).toEqual([4]);
  expect(scene.sent.flat()).toHaveLength(4_096);
});

test('loses what cannot be sent, and sends what comes after', async () => {
  const scene = new Scene();
  scene.failure = new Error('no');
  scene.queue.add(span('a'));
  await scene.queue.flush();
  scene.failure = undefined;
  scene.queue.add(span('b'));
  await scene.queue.flush();
  expect(scene.lost).toEqual([1]);
  expect(scene.sent).toEqual([['b']]);
});
