import type { LogLine } from '../../../local/terminal/log-line';
import { outcomesOf, type InvocationEvent } from '../../../local/terminal/outcomes';

const invocation = (change: Partial<InvocationEvent> = {}): InvocationEvent => ({
  type: 'invocation',
  functionName: 'processMeetingRequest',
  invocationId: 'i1',
  trigger: 'queue',
  outcome: 'ok',
  durationMs: 12.4,
  ...change,
});

const http = (status: number): InvocationEvent =>
  invocation({ functionName: 'createMeeting', trigger: 'http', status });

const line = (event: string, fields: LogLine['fields'] = {}): LogLine => ({ event, fields });

const show = (event: InvocationEvent, ...lines: LogLine[]): string[] =>
  outcomesOf(event, lines).map(({ mark, text }) => `${mark} ${text}`);

test.each([
  [
    line('meeting.created', { requestId: 'q2', status: 'created' }),
    '✓ created q2  processMeetingRequest 12 ms',
  ],
  [
    line('meeting.failed', { requestId: 'q1', status: 'failed', code: 'organizerNotFound' }),
    '✗ failed q1 organizerNotFound  processMeetingRequest 12 ms',
  ],
  [
    line('meeting.unknown', { requestId: 'q3', status: 'unknown', code: 'outcomeUnknown' }),
    '✗ unknown q3 outcomeUnknown  processMeetingRequest 12 ms',
  ],
  [
    line('request.deferred', { requestId: 'thr1', code: 'throttled', delayMs: 600_000 }),
    '… deferred thr1 throttled 600 s  processMeetingRequest 12 ms',
  ],
  [
    line('request.refused', { requestId: 'q4', code: 'invalidRequest', problems: 2 }),
    '✗ failed q4 invalidRequest  processMeetingRequest 12 ms',
  ],
  [
    line('batch.accepted', { batchId: 'b1', total: 58, rejected: 2 }),
    '✓ accepted batch b1 58 rows, 2 rejected  processMeetingRequest 12 ms',
  ],
  [
    line('batch.accepted', { batchId: 'b1', total: 1, rejected: 0 }),
    '✓ accepted batch b1 1 row  processMeetingRequest 12 ms',
  ],
  [
    line('batch.completed', { batchId: 'b1', created: 55, existing: 0, failed: 3 }),
    '✓ completed batch b1 created 55 failed 3  processMeetingRequest 12 ms',
  ],
])('%j becomes one line', (logged, expected) => {
  expect(show(invocation(), logged)).toEqual([expected]);
});

test('a message with several requests has one line each', () => {
  const created = (requestId: string) => line('meeting.created', { requestId, status: 'created' });
  expect(show(invocation(), line('graph.called'), created('a'), created('b'))).toEqual([
    '✓ created a  processMeetingRequest 12 ms',
    '✓ created b  processMeetingRequest 12 ms',
  ]);
});

test.each([
  [http(200), [], '✓ createMeeting 200 12 ms'],
  [
    http(400),
    [line('http.refused', { code: 'invalidRequest' })],
    '✗ createMeeting 400 invalidRequest 12 ms',
  ],
  [invocation({ outcome: 'failed' }), [], '✗ processMeetingRequest failed 12 ms'],
])('an invocation without a request has one line', (event, lines, expected) => {
  expect(show(event, ...lines)).toEqual([expected]);
});

test('a timer that had nothing to do is not shown, and one that failed is', () => {
  const timer = invocation({ functionName: 'cleanUp', trigger: 'timer' });
  expect(show(timer, line('queue.measured', { queue: 'q' }))).toEqual([]);
  expect(show({ ...timer, outcome: 'failed' })).toEqual(['✗ cleanUp failed 12 ms']);
});
