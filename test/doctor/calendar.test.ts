import { diagnoseCalendar, probeCalendar } from '../../src/doctor/calendar';
import type { GraphAnswer } from '../../src/doctor/probes';

const group = "O'Neil's organizers";
const reply = (status: number, body: object = {}, code = ''): GraphAnswer => ({
  kind: 'reply',
  status,
  code,
  message: '',
  body,
  durationMs: 1,
});

test.each<[string, GraphAnswer, string, RegExp]>([
  [
    'a mailbox in the group that allows Teams',
    reply(200, { allowedOnlineMeetingProviders: ['teamsForBusiness'] }),
    'passed',
    /can use this organizer’s calendar.* allows Teams meetings\. The doctor cannot check .* transcripts/,
  ],
  [
    'a mailbox that does not allow Teams',
    reply(200, { allowedOnlineMeetingProviders: ['skypeForBusiness'] }),
    'failed',
    /does not allow Teams/,
  ],
  [
    'a mailbox outside the group',
    reply(403, {}, 'ErrorAccessDenied'),
    'failed',
    /not allowed to use/,
  ],
  [
    'a user without a mailbox',
    reply(404, {}, 'MailboxNotEnabledForRESTAPI'),
    'failed',
    /no mailbox/,
  ],
  ['a broken answer', reply(500), 'unknown', /returned 500/],
  ['no answer', { kind: 'none', reason: 'ECONNREFUSED' }, 'unknown', /did not respond/],
])('%s', (_, answer, status, meaning) => {
  expect(diagnoseCalendar(answer, group)).toMatchObject({
    check: 'calendar',
    status,
    meaning: expect.stringMatching(meaning) as string,
  });
});

test('the command can be run as it stands', () => {
  const { command } = diagnoseCalendar(reply(403), group);
  expect(command).toMatch(/Grant-CalendarAccess\.ps1 .* -Group 'O''Neil''s organizers'$/);
});

test('only reads', async () => {
  const asked: unknown[] = [];
  await probeCalendar('id', {
    access: () => Promise.reject(new Error('unused')),
    meetings: () => Promise.resolve(undefined),
    queue: () => Promise.resolve(undefined),
    token: () => Promise.resolve({ kind: 'unreadable' }),
    graph: ({ method, path }) => {
      asked.push(method, path.split('?')[0]);
      return Promise.resolve(reply(200));
    },
  });
  expect(asked).toEqual(['GET', '/users/id/calendar']);
});
