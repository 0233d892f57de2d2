import { indexFunctions, toSummary } from '../../../local/functions-host/app-functions';
import type { Binding } from '../../../local/functions-host/worker/rpc';

const httpTrigger = (options: object = {}): Binding => ({
  type: 'httpTrigger',
  direction: 'in',
  methods: ['GET'],
  ...options,
});

function index(triggers: Record<string, Binding>, env: Record<string, string> = {}) {
  const problems: string[] = [];
  const registered = Object.entries(triggers).map(([name, trigger]) => ({
    name,
    bindings: { trigger },
  }));
  const onProblem = (message: string) => void problems.push(message);
  const functions = indexFunctions(registered, { routePrefix: 'api', env, onProblem });
  return { functions: functions.map(toSummary), problems };
}

test('functions are ordered by name, ignoring case', () => {
  const { functions } = index({ zeta: httpTrigger(), Beta: httpTrigger(), alpha: httpTrigger() });
  expect(functions.map(({ name }) => name)).toEqual(['alpha', 'Beta', 'zeta']);
});

test('an http function without a route is found under its name', () => {
  expect(index({ getThing: httpTrigger() }).functions).toEqual([
    { name: 'getThing', trigger: 'http', route: 'api/getThing', methods: ['GET'] },
  ]);
});

test('a queue name may come from a setting, and is in lower case', () => {
  const trigger = { type: 'queueTrigger', queueName: '%WORK%', connection: 'X' };
  expect(index({ work: trigger }, { WORK: 'Work-Items' }).functions).toEqual([
    { name: 'work', trigger: 'queue', queueName: 'work-items' },
  ]);
});

test('a disabled function is not served', () => {
  const env = { 'AzureWebJobs.one.Disabled': 'true', 'AzureWebJobs.two.Disabled': '0' };
  const { functions } = index({ one: httpTrigger(), two: httpTrigger() }, env);
  expect(functions.map(({ name }) => name)).toEqual(['two']);
});

test.each<[string, Record<string, Binding>, RegExp]>([
  ['a reserved route', { f: httpTrigger({ route: 'Admin/x' }) }, /'f'.*built in routes/],
  ['a reserved name', { runtimeInfo: httpTrigger() }, /'runtimeInfo'.*built in routes/],
  [
    'a route taken twice',
    { b: httpTrigger({ route: 'X' }), a: httpTrigger({ route: '/x' }) },
    /'b'.*defined by function 'a'/,
  ],
  ['an unknown constraint', { f: httpTrigger({ route: '{id:prime}' }) }, /"prime"/],
  ['a setting that is missing', { f: { type: 'queueTrigger', queueName: '%NO%' } }, /'%NO%'/],
  ['an impossible queue name', { f: { type: 'queueTrigger', queueName: 'a--b' } }, /"a--b"/],
  ['another trigger', { f: { type: 'blobTrigger' } }, /"blobTrigger"/],
])('%s is a problem of that function alone', (_, triggers, problem) => {
  const { functions, problems } = index({ ...triggers, fine: httpTrigger() });
  expect(problems).toEqual([expect.stringMatching(problem)]);
  expect(functions.map(({ name }) => name)).toContain('fine');
});

test('the same route with other methods is no conflict', () => {
  const { problems } = index({
    a: httpTrigger({ route: 'x' }),
    b: httpTrigger({ route: 'x', methods: ['POST'] }),
  });
  expect(problems).toEqual([]);
});
