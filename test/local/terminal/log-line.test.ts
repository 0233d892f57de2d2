import { formatLog } from '../../../local/terminal/log-line';

test.each([
  [
    'information',
    { event: 'graph.called', method: 'POST', requestId: 'q 1', status: 201, traceId: 'abc' },
    'graph.called method=POST requestId="q 1" status=201',
  ],
  ['warning', { event: 'clean-up.postponed' }, 'warning clean-up.postponed'],
  [
    'error',
    { event: 'http.failed', code: 'internalError' },
    'error http.failed code=internalError',
  ],
] as const)('a line of level %s is shown as words', (level, content, expected) => {
  expect(formatLog({ type: 'log', level, message: JSON.stringify(content) })).toBe(expected);
});

test('text that is no line of the app is shown as it is', () => {
  const message = 'Debugger listening on ws://127.0.0.1:9229/x';
  expect(formatLog({ type: 'log', level: 'error', message })).toBe(message);
});
