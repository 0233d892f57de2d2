import { MeetingError } from '../../../src/errors/meeting-error';
import { carryOut } from '../../../src/meetings/carry-out';
import { intercept } from '../../support/protocol/intercept';
import { aPasscodeRequest, aRequest, CoreHarness } from '../../support/harness/core-harness';
import {
  type GivenRequest,
  run,
  endings,
  create,
  move,
  rename,
  cancel,
  upsert,
  upsertMoved,
  requestId,
  moved,
} from '../../support/harness/changes';

const found = 'findUserId';
const made = [found, 'createOrGet'];

test.each<[string, readonly GivenRequest[], readonly string[], readonly string[]]>([
  ['an update', [create, move], ['created', 'updated'], [...made, 'update']],
  [
    'the same update again',
    [create, move, move],
    ['created', 'updated', 'unchanged'],
    [...made, 'update'],
  ],
  ['an update of nothing', [move], ['requestNotFound'], []],
  ['an upsert of nothing', [upsert], ['created'], made],
  ['an upsert of what is there', [create, upsert], ['created', 'unchanged'], made],
  ['an upsert of another time', [create, upsertMoved], ['created', 'updated'], [...made, 'update']],
  ['an upsert twice', [upsert, upsert], ['created', 'unchanged'], made],
  ['a cancel', [create, cancel], ['created', 'cancelled'], [...made, 'delete']],
  [
    'a cancel again',
    [create, cancel, cancel],
    ['created', 'cancelled', 'cancelled'],
    [...made, 'delete'],
  ],
  ['a cancel before its create', [cancel, create], ['cancelled', 'requestCancelled'], [found]],
  [
    'a cancel before everything',
    [cancel, move, upsert],
    ['cancelled', 'requestCancelled', 'requestCancelled'],
    [],
  ],
  [
    'what comes after a cancel',
    [create, cancel, move, upsert, create],
    ['created', 'cancelled', 'requestCancelled', 'requestCancelled', 'requestCancelled'],
    [...made, 'delete', found],
  ],
  [
    'a create after an update',
    [create, move, create],
    ['created', 'updated', 'created'],
    [...made, 'update', found],
  ],
  [
    'an older update',
    [create, { ...move, revision: 7 }, { ...rename, revision: 6 }],
    ['created', 'updated', 'superseded'],
    [...made, 'update'],
  ],
  [
    'an older cancel',
    [create, { ...move, revision: 7 }, { ...cancel, revision: 6 }],
    ['created', 'updated', 'superseded'],
    [...made, 'update'],
  ],
  [
    'an older update after an unchanged upsert',
    [create, { ...upsert, revision: 7 }, { ...move, revision: 6 }],
    ['created', 'unchanged', 'superseded'],
    made,
  ],
  [
    'an old change delivered again',
    [create, { ...move, revision: 6 }, { ...rename, revision: 7 }, { ...move, revision: 6 }],
    ['created', 'updated', 'updated', 'updated'],
    [...made, 'update', 'update'],
  ],
  [
    'a revision used twice',
    [create, { ...move, revision: 7 }, { ...rename, revision: 7 }],
    ['created', 'updated', 'revisionReused'],
    [...made, 'update'],
  ],
  [
    'a create with a revision',
    [
      { ...create, revision: 5 },
      { ...move, revision: 4 },
    ],
    ['created', 'superseded'],
    made,
  ],
  [
    'another organizer',
    [create, { ...move, organizer: 'b73ab5ca-fb6b-4d6c-9a0f-9f4c4b2f2f11' }],
    ['created', 'requestIdReused'],
    made,
  ],
  [
    'the organizer by object id',
    [create, { ...move, organizer: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601' }],
    ['created', 'updated'],
    [...made, 'update'],
  ],
  [
    'a time that is over',
    [
      create,
      {
        action: 'update',
        meeting: { startDateTime: '2025-12-01T14:30:00Z', endDateTime: '2025-12-01T15:00:00Z' },
      },
    ],
    ['created', 'invalidRequest'],
    made,
  ],
  [
    'a passcode that was not asked for',
    [create, { action: 'upsert', meeting: aPasscodeRequest.meeting }],
    ['created', 'invalidRequest'],
    made,
  ],
  [
    'a passcode as before',
    [
      { ...aPasscodeRequest, ...upsert, meeting: aPasscodeRequest.meeting },
      { action: 'upsert', meeting: { ...aPasscodeRequest.meeting, ...moved } },
    ],
    ['created', 'updated'],
    [found, 'create', 'update'],
  ],
])('%s', async (_name, requests, expected, calls) => {
  const core = new CoreHarness();
  expect(endings(await run(core, ...requests))).toEqual(expected);
  expect(core.graph.calls).toEqual(calls);
});

test('the result of a change has the current meeting and its revision', async () => {
  const core = new CoreHarness();
  const [, result] = await run(core, create, { ...move, revision: 5 });
  expect(result).toMatchObject({
    requestId,
    status: 'updated',
    revision: 5,
    organizer: { given: 'anna@contoso.com', id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601' },
    meeting: { id: 'meeting-1', subject: 'Parent evening', ...moved },
    notApplied: [],
    error: null,
  });
  expect(core.results.published).toHaveLength(2);
});

test('a change or a cancel as asked is no warning in the log, and a refused one is', async () => {
  const core = new CoreHarness();
  const warned: string[] = [];
  core.log.warn = (event) => void warned.push(event);
  await run(core, create, move, cancel);
  expect(warned).toEqual([]);
  core.graph.fault = () => ({ before: new MeetingError('graphRejected', 'No.') });
  await run(core, { ...create, requestId: 'another' });
  expect(warned).toEqual(['meeting.failed']);
});

test('the result of the create has the current meeting', async () => {
  const core = new CoreHarness();
  const [, , again] = await run(core, create, move, create);
  expect(again).toMatchObject({ status: 'created', meeting: moved });
});

test('every result with a shortened meeting lists what it leaves out, until the meeting has it again', async () => {
  const core = new CoreHarness();
  const attendees = Array.from({ length: 1000 }, (_, index) => ({
    upn: `parent-${index}@a-school-with-a-long-name.example.org`,
  }));
  const big = { ...aRequest.meeting, participants: { attendees } };
  const few = { participants: { attendees: attendees.slice(1, 2) } };
  const results = await run(
    core,
    { ...create, meeting: big },
    { ...upsert, meeting: big },
    rename,
    { action: 'update', meeting: few },
    create,
  );
  const lacking = results.map(
    (result) =>
      typeof result === 'object' &&
      result.truncated?.includes('meeting.participants.attendees') === true,
  );
  expect(lacking).toEqual([true, true, true, false, false]);
});

test('one setting of a group is changed and the others stay', async () => {
  const core = new CoreHarness();
  const lobby = { scope: 'everyone', isDialInBypassEnabled: true } as const;
  await run(
    core,
    { ...create, meeting: { ...aRequest.meeting, lobbyBypassSettings: lobby } },
    { action: 'update', meeting: { lobbyBypassSettings: { scope: 'organizer' } } },
  );
  expect(core.graph.meetings[0]?.['lobbyBypassSettings']).toEqual({
    scope: 'organizer',
    isDialInBypassEnabled: true,
  });
});

test('a list of attendees is the whole list', async () => {
  const core = new CoreHarness();
  const attendees = [{ upn: 'ben@contoso.com' }, { upn: 'carla@contoso.com' }];
  const results = await run(
    core,
    { ...create, meeting: { ...aRequest.meeting, participants: { attendees } } },
    { action: 'update', meeting: { participants: { attendees: attendees.slice(1) } } },
    { action: 'update', meeting: { participants: { attendees: [] } } },
  );
  expect(endings(results)).toEqual(['created', 'updated', 'updated']);
  expect(core.graph.meetings[0]?.participants?.attendees).toEqual([]);
});

describe('a refresh', () => {
  const refreshed: GivenRequest = { action: 'upsert', refresh: true };

  test('reverts what was changed in Teams', async () => {
    const core = new CoreHarness();
    await run(core, create);
    Object.assign(core.graph.meetings[0] ?? {}, { subject: 'Changed in Teams' });
    expect(endings(await run(core, refreshed))).toEqual(['updated']);
    expect(core.graph.meetings[0]?.subject).toBe('Parent evening');
  });

  test('changes nothing where nothing differs', async () => {
    const core = new CoreHarness();
    expect(endings(await run(core, create, refreshed))).toEqual(['created', 'unchanged']);
    expect(core.graph.calls).toEqual([...made, 'get']);
  });
});

test('a PATCH that answers 500 after it took effect is repeated', async () => {
  const core = new CoreHarness();
  await run(core, create);
  let broken = 0;
  core.graph.fault = (call) =>
    call === 'update' && (broken += 1) === 1
      ? { after: new MeetingError('graphUnavailable', '500', { executed: 'unknown' }) }
      : undefined;
  expect(endings(await run(core, move))).toEqual(['updated']);
  expect(core.graph.calls.slice(2)).toEqual(['update', 'update']);
});

test('what Graph refuses fails, and the meeting is as it was', async () => {
  const core = new CoreHarness();
  await run(core, create);
  core.graph.fault = (call) =>
    call === 'update' ? { before: new MeetingError('graphRejected', 'No.') } : undefined;
  const [refused] = await run(core, { ...move, revision: 9 });
  expect(refused).toMatchObject({ status: 'failed', meeting: aRequest.meeting });
  core.graph.fault = () => undefined;
  expect(endings(await run(core, { ...rename, revision: 8 }))).toEqual(['updated']);
  expect(core.graph.meetings).toMatchObject([
    { subject: 'Another evening', startDateTime: '2026-12-01T14:30:00Z' },
  ]);
});

test('a throttled change leaves no trace, and continues later', async () => {
  const core = new CoreHarness();
  await run(core, create);
  core.graph.fault = () => ({
    before: new MeetingError('throttled', 'Slow.', { retryAfterMs: 60_000 }),
  });
  expect(endings(await run(core, move))).toEqual(['throttled']);
  expect((await core.ledger.read(requestId))?.entry.pending).toBeUndefined();
});

test('a change that broke off is finished by the next one', async () => {
  const core = new CoreHarness();
  await run(core, create);
  core.graph.fault = (call) =>
    call === 'update'
      ? { before: new MeetingError('graphUnavailable', '500', { executed: 'unknown' }) }
      : undefined;
  expect(endings(await run(core, { ...move, revision: 1 }))).toEqual(['graphUnavailable']);
  core.graph.fault = () => undefined;
  expect(endings(await run(core, { ...rename, revision: 2 }))).toEqual(['updated']);
  const told = core.results.published.map(({ revision, status }) => [revision, status]);
  expect(told.slice(1)).toEqual([
    [1, 'updated'],
    [2, 'updated'],
  ]);
  expect(core.graph.meetings).toMatchObject([{ ...moved, subject: 'Another evening' }]);
});

test('a meeting that was made while it was cancelled is taken away', async () => {
  const core = new CoreHarness();
  const provider = intercept(core.graph, async ({ name, effect }) => {
    const answer = await effect();
    if (name !== 'create') return answer;
    // The answer takes longer than the lease.
    core.clock.advance(600_000);
    expect(endings(await run(core, cancel))).toEqual(['cancelled']);
    expect(core.graph.meetings).toHaveLength(1);
    return answer;
  });
  await carryOut(aPasscodeRequest, core.metadata(), { ...core.deps, provider });
  expect(core.graph.meetings).toEqual([]);
});

describe('the request that a change is about', () => {
  test('is brought to its end first when its create was left behind', async () => {
    const core = new CoreHarness();
    core.graph.fault = () => ({
      before: new MeetingError('throttled', 'Slow.', { retryAfterMs: 60_000 }),
    });
    expect(
      endings(await run(core, { ...create, organizer: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601' })),
    ).toEqual(['throttled']);
    core.graph.fault = () => undefined;
    expect(endings(await run(core, move))).toEqual(['updated']);
    expect(core.results.published.map(({ status }) => status)).toEqual(['created', 'updated']);
  });

  test('is cancelled without a call while its create certainly had no effect', async () => {
    const core = new CoreHarness();
    core.graph.fault = () => ({
      before: new MeetingError('throttled', 'Slow.', { retryAfterMs: 60_000 }),
    });
    await run(core, create);
    core.graph.fault = () => undefined;
    const calls = core.graph.calls.length;
    expect(endings(await run(core, cancel, create))).toEqual(['cancelled', 'requestCancelled']);
    expect(core.graph.calls.slice(calls)).toEqual([found]);
    expect(core.graph.meetings).toEqual([]);
  });

  test('is not changed when it failed, unless the whole meeting comes', async () => {
    const core = new CoreHarness();
    const people = [...core.graph.people];
    core.graph.people.clear();
    expect(endings(await run(core, create, move))).toEqual(['organizerNotFound', 'noMeeting']);
    for (const [name, id] of people) core.graph.people.set(name, id);
    expect(endings(await run(core, upsertMoved))).toEqual(['created']);
    expect(core.graph.meetings).toMatchObject([moved]);
  });

  test('which is unknown is looked for before it is cancelled', async () => {
    const core = new CoreHarness();
    core.graph.fault = (call) =>
      call === 'createOrGet'
        ? { after: new MeetingError('graphRejected', 'Hm.', { executed: 'unknown' }) }
        : undefined;
    expect(endings(await run(core, create))).toEqual(['outcomeUnknown']);
    core.graph.fault = () => undefined;
    expect(endings(await run(core, cancel))).toEqual(['cancelled']);
    expect(core.graph.meetings).toEqual([]);
  });
});
