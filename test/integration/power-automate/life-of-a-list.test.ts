import { ConnectorHarness } from '../../support/harness/connector-harness';

const harness = ConnectorHarness.use();

const request = (change: object): object => ({
  organizer: 'anna@contoso.com',
  timeZone: 'GMT Standard Time',
  durationMinutes: 30,
  ...change,
});

describe('the life of a list', () => {
  const rows = (day: number): object[] =>
    Array.from({ length: 4 }, (_, row) =>
      request({
        requestId: `life-${row}`,
        action: 'upsert',
        meeting: { subject: 'Life', startDateTime: `2026-12-0${day}T14:30:00` },
      }),
    );
  const send = async (requests: object[], operationId = 'CreateMeetingsFromList') =>
    (await harness.run(operationId, { body: { requests } })).body as { readonly batchId: string };
  const days = (): string[] =>
    harness.stack.graph.meetings
      .list()
      .filter(({ meeting }) => meeting.subject === 'Life')
      .map(({ meeting }) => meeting.startDateTime.slice(8, 10));

  test('is checked, made, moved, cancelled in part by a column, and undone', async () => {
    expect(await send(rows(1), 'CheckList')).toMatchObject({
      preview: true,
      outcomes: { create: 4 },
    });
    expect(days()).toEqual([]);
    const made = await send(rows(1));
    const moved = await send([...rows(2).slice(0, 2), ...rows(1).slice(2)]);
    expect(moved).toMatchObject({ counts: { updated: 2, unchanged: 2 } });
    expect(days().toSorted()).toEqual(['01', '01', '02', '02']);
    const [first, ...others] = rows(2);
    const less = await send([{ ...first, action: 'cancel' }, ...others]);
    expect(less).toMatchObject({ counts: { cancelled: 1, updated: 2, unchanged: 1 } });
    const values = { batchId: made.batchId, meetings: true };
    expect((await harness.run('CancelList', values)).body).toMatchObject({
      counts: { cancelled: 4 },
    });
    expect(days()).toEqual([]);
  }, 60_000);

  test('of one meeting: Change a meeting, Get an invitation, Cancel a meeting', async () => {
    await harness.run('CreateMeeting', {
      body: request({
        requestId: 'single',
        meeting: { subject: 'Single', startDateTime: '2026-12-01T14:30:00' },
      }),
    });
    const requestId = 'single';
    const body = { durationMinutes: 45, meeting: { startDateTime: '2026-12-03T09:00:00Z' } };
    expect((await harness.run('ChangeMeeting', { requestId, body })).body).toMatchObject({
      status: 'updated',
      meeting: { startDateTime: '2026-12-03T09:00:00Z', endDateTime: '2026-12-03T09:45:00Z' },
    });
    const invitation = { requestId, timeZone: 'GMT Standard Time' };
    expect((await harness.run('GetInvitation', invitation)).body).toMatch(/^<!doctype html>/);
    const file = { ...invitation, format: 'ics' };
    expect((await harness.run('GetInvitation', file)).body).toContain('DTSTART:20261203T090000Z');
    await harness.run('CancelMeeting', { requestId, comment: 'Snow' });
    expect(harness.meetings('Single')).toBe(0);
  });
});
