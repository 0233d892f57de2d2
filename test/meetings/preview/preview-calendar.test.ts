import { MeetingError } from '../../../src/errors/meeting-error';
import { carryOut } from '../../../src/meetings/carry-out';
import { previewRequest } from '../../../src/meetings/preview/preview-request';
import type { MeetingRequest } from '../../../src/requests/meeting-request';
import { aCalendarRequest, CoreHarness } from '../../support/harness/core-harness';

const { requestId = '', calendar } = aCalendarRequest;
const invite = calendar?.invite ?? [];

/** A meeting in the calendar, and the predicted outcome of a change of it. */
async function previewAfter(core: CoreHarness, change: Partial<MeetingRequest>) {
  await carryOut(
    { ...aCalendarRequest, calendar: { ...calendar, location: 'Room 3' } },
    core.metadata(),
    core.deps,
  );
  core.graph.fault = () => undefined;
  core.clock.advance(1_000);
  const [mails, events] = [[...core.calendars.mails], structuredClone(core.calendars.present)];
  const request = { requestId, action: 'update', organizer: '', meeting: {}, ...change } as const;
  const preview = await previewRequest(request, { ...core.deps, rights: core.graph });
  expect(core.calendars.mails).toEqual(mails);
  expect(structuredClone(core.calendars.present)).toEqual(events);
  return preview;
}

test.each<[string, Partial<MeetingRequest>, readonly object[]]>([
  [
    'the place',
    { calendar: { location: 'Room 4' } },
    [{ path: 'calendar.location', from: 'Room 3', to: 'Room 4' }],
  ],
  [
    'who is invited',
    { calendar: { invite: [...invite, { address: 'new@example.org', type: 'required' }] } },
    [
      {
        path: 'calendar.invite',
        from: 'Parent@example.org; ben@contoso.com',
        to: 'Parent@example.org; ben@contoso.com; new@example.org',
      },
    ],
  ],
  [
    'a reminder beside the time',
    {
      calendar: { reminderMinutesBeforeStart: 5, hideAttendees: true },
      meeting: { subject: 'New' },
    },
    [
      { path: 'subject', from: 'Parent evening', to: 'New' },
      { path: 'calendar.reminderMinutesBeforeStart', from: null, to: '5' },
      { path: 'calendar.hideAttendees', from: null, to: 'true' },
    ],
  ],
])('a preview names the changes of the event: %s', async (_, change, changes) => {
  expect(await previewAfter(new CoreHarness(), change)).toMatchObject({
    outcome: 'update',
    changes,
  });
});

test('equal values are no change', async () => {
  expect(await previewAfter(new CoreHarness(), { calendar: { location: 'Room 3' } })).toMatchObject(
    { outcome: 'unchanged', changes: [] },
  );
});

test('a change would send the invitations that were withheld', async () => {
  const core = new CoreHarness();
  core.graph.fault = (call) =>
    call === 'update' ? { before: new MeetingError('graphRejected', 'no') } : undefined;
  const change = { meeting: { lobbyBypassSettings: { scope: 'organization' as const } } };
  expect(await previewAfter(core, change)).toMatchObject({
    outcome: 'update',
    changes: [
      { path: 'lobbyBypassSettings' },
      { path: 'calendar.invite', from: null, to: 'Parent@example.org; ben@contoso.com' },
    ],
  });
});

test.each([
  ['another body', { calendar: { body: { contentType: 'text', content: 'New' } } }],
] as const)('%s would be refused', async (_, change) => {
  expect(await previewAfter(new CoreHarness(), change)).toMatchObject({
    outcome: 'refuse',
    error: { target: 'calendar.body' },
  });
});
