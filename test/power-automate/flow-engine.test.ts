import { FlowEngine, type Network } from '../support/power-automate/flow-engine';

const request = {
  method: 'POST',
  url: 'http://app/start',
  headers: { 'x-functions-key': 'k' },
  body: '{}',
};
const answer = (status: number, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
  text: '',
});

/** Returns these answers one after another. */
const inTurn =
  (...answers: (ReturnType<typeof answer> | Error)[]): Network =>
  () => {
    const next = answers.shift() ?? answer(200);
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };

const engineWith = (network: Network): FlowEngine =>
  new FlowEngine({ timeFactor: 0, network, random: () => 0.5 });

test.each([408, 429, 500, 502, 503, 504])('repeats %i', async (status) => {
  const engine = engineWith(inTurn(answer(status), answer(200)));
  expect((await engine.run(request)).status).toBe(200);
  expect(engine.sent).toEqual([request, request]);
});

test.each([400, 401, 403, 404, 409, 413, 424])('does not repeat %i', async (status) => {
  const engine = engineWith(inTurn(answer(status), answer(200)));
  expect((await engine.run(request)).status).toBe(status);
  expect(engine.sent).toHaveLength(1);
});

test('repeats four times, then the last answer counts', async () => {
  const engine = engineWith(() => Promise.resolve(answer(503)));
  expect((await engine.run(request)).status).toBe(503);
  expect(engine.sent).toHaveLength(5);
});

test('repeats when nothing comes back', async () => {
  const engine = engineWith(inTurn(new Error('ECONNRESET'), answer(200)));
  expect((await engine.run(request)).status).toBe(200);
});

test('follows 202 to its Location, without credentials, until another answer comes', async () => {
  const headers = { location: 'http://app/status/token' };
  const engine = engineWith(inTurn(answer(202, headers), answer(202, headers), answer(200)));
  expect((await engine.run(request)).status).toBe(200);
  expect(engine.sent.slice(1)).toEqual([
    { method: 'GET', url: 'http://app/status/token', headers: {} },
    { method: 'GET', url: 'http://app/status/token', headers: {} },
  ]);
});

test('takes 202 without Location for the end', async () => {
  expect((await engineWith(inTurn(answer(202))).run(request)).status).toBe(202);
});

test('cannot follow a Location that is not absolute', async () => {
  const engine = engineWith(inTurn(answer(202, { location: '/status' })));
  await expect(engine.run(request)).rejects.toThrow('not absolute');
});

test('gives up on an answer after its time limit, each time', async () => {
  const network: Network = (_request, signal) =>
    new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(new Error('timed out'))),
    );
  const engine = new FlowEngine({ timeFactor: 0, answerLimitMs: 5, network });
  await expect(engine.run(request)).rejects.toThrow('timed out');
  expect(engine.sent).toHaveLength(5);
});
