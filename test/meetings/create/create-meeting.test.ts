import { createMeeting } from '../../../src/meetings/create/create-meeting';
import { MeetingError } from '../../../src/errors/meeting-error';
import type { MeetingRequest } from '../../../src/requests/meeting-request';
import { aPasscodeRequest, aRequest, CoreHarness } from '../../support/harness/core-harness';

const cutOff = new MeetingError('graphUnavailable', 'The answer broke off.', {
  executed: 'unknown',
});
const throttledFor = (retryAfterMs: number): MeetingError =>
  new MeetingError('throttled', 'Slow down.', { retryAfterMs });
const withLobby: MeetingRequest = {
  ...aRequest,
  meeting: { ...aRequest.meeting, lobbyBypassSettings: { scope: 'everyone' } },
};

const statuses = (core: CoreHarness): string[] =>
  core.results.published.map(({ status }) => status);

describe('createMeeting', () => {
  test('makes the meeting, records it and publishes its result', async () => {
    const core = new CoreHarness();
    const { result, repeated } = await createMeeting(aRequest, core.metadata(), core.deps);

    expect(repeated).toBe(false);
    expect(result).toMatchObject({
      requestId: 'enrolment-2026-0017',
      status: 'created',
      organizer: { given: 'anna@contoso.com', id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601' },
      meeting: { id: 'meeting-1', subject: 'Parent evening' },
      notApplied: [],
      error: null,
      attempts: 1,
      acceptedDateTime: '2026-12-01T08:00:00.000Z',
    });
    expect(core.results.published).toEqual([result]);
    expect(core.graph.calls).toEqual(['findUserId', 'createOrGet']);
  });

  test('repeats the recorded result without asking Graph for a meeting', async () => {
    const core = new CoreHarness();
    const first = await createMeeting(aRequest, core.metadata(), core.deps);
    core.graph.calls.length = 0;
    const second = await createMeeting(aRequest, core.metadata(), core.deps);

    expect(second).toEqual({ result: first.result, repeated: true });
    expect(core.graph.calls).toEqual(['findUserId']);
    expect(core.results.published).toEqual([first.result, first.result]);
  });

  test('sets what createOrGet ignores with one PATCH of only what is missing', async () => {
    const core = new CoreHarness();
    const request = {
      ...withLobby,
      meeting: { ...withLobby.meeting, allowedPresenters: 'everyone' as const },
    };
    const { result } = await createMeeting(request, core.metadata(), core.deps);

    expect(core.graph.calls).toEqual(['findUserId', 'createOrGet', 'update']);
    expect(core.graph.meetings[0]).toMatchObject({ lobbyBypassSettings: { scope: 'everyone' } });
    expect(result.notApplied).toEqual([]);
  });

  test('reports options that Graph refuses, with the meeting that was made', async () => {
    const core = new CoreHarness();
    core.graph.fault = (call) =>
      call === 'update' ? { before: new MeetingError('graphRejected', 'No.') } : undefined;
    const { result } = await createMeeting(withLobby, core.metadata(), core.deps);

    expect(result).toMatchObject({
      status: 'created',
      meeting: { id: 'meeting-1' },
      notApplied: ['lobbyBypassSettings.scope'],
      error: { code: 'graphRejected' },
    });
  });

  test('makes a passcode meeting with one plain create', async () => {
    const core = new CoreHarness();
    const { result } = await createMeeting(aPasscodeRequest, core.metadata(), core.deps);

    expect(result.status).toBe('created');
    expect(core.graph.calls).toEqual(['findUserId', 'create']);
  });

  test('an ensure that broke off after Graph made the meeting ends with that one meeting', async () => {
    const core = new CoreHarness();
    let broken = false;
    core.graph.fault = (call) =>
      call === 'createOrGet' && !broken ? ((broken = true), { after: cutOff }) : undefined;
    const { result } = await createMeeting(aRequest, core.metadata(), core.deps);

    expect(result.status).toBe('created');
    expect(core.graph.meetings).toHaveLength(1);
  });

  test('a createOnce that broke off is unknown and is never sent again', async () => {
    const core = new CoreHarness();
    core.graph.fault = (call) => (call === 'create' ? { after: cutOff } : undefined);
    const first = await createMeeting(aPasscodeRequest, core.metadata(), core.deps);
    core.graph.fault = () => undefined;
    const second = await createMeeting(aPasscodeRequest, core.metadata(), core.deps);

    expect(first.result).toMatchObject({
      status: 'unknown',
      error: { code: 'outcomeUnknown', retryable: false },
    });
    expect(second).toEqual({ result: first.result, repeated: true });
    expect(core.graph.meetings).toHaveLength(1);
    expect(core.graph.calls.filter((call) => call === 'create')).toHaveLength(1);
  });

  test('waits in place for a short throttling', async () => {
    const core = new CoreHarness();
    let tries = 0;
    core.graph.fault = (call) =>
      call === 'create' && (tries += 1) < 3 ? { before: throttledFor(2_000) } : undefined;
    const { result } = await createMeeting(aPasscodeRequest, core.metadata(), core.deps);

    expect(result.status).toBe('created');
    expect(core.clock.slept).toEqual([2_000, 2_000]);
  });

  test('returns a long throttling to its caller, publishes nothing, and continues at the next attempt', async () => {
    const core = new CoreHarness();
    core.graph.fault = (call) => (call === 'create' ? { before: throttledFor(60_000) } : undefined);
    const attempt = createMeeting(aPasscodeRequest, core.metadata(), core.deps);
    await expect(attempt).rejects.toMatchObject({ code: 'throttled', retryAfterMs: 60_000 });
    expect(core.results.published).toEqual([]);

    core.graph.fault = () => undefined;
    const { result } = await createMeeting(aPasscodeRequest, core.metadata(1), core.deps);
    expect(result).toMatchObject({ status: 'created', attempts: 2 });
  });

  test('fails a throttled request that is too old', async () => {
    const core = new CoreHarness();
    core.graph.fault = (call) =>
      call === 'createOrGet' ? { before: throttledFor(60_000) } : undefined;
    const { result } = await createMeeting(
      aRequest,
      { ...core.metadata(), isLastAttempt: true },
      core.deps,
    );

    expect(result).toMatchObject({ status: 'failed', error: { code: 'throttled' } });
  });

  test.each([
    ['subject', { ...aRequest, meeting: { ...aRequest.meeting, subject: 'Another' } }],
    [
      'startDateTime',
      { ...aRequest, meeting: { ...aRequest.meeting, startDateTime: '2026-12-01T14:00:00Z' } },
    ],
    ['organizer', { ...aRequest, organizer: 'dc17674c-81d9-4adb-bfb2-8f6a442e4602' }],
  ])('refuses the same requestId with another %s and changes nothing', async (_name, other) => {
    const core = new CoreHarness();
    await createMeeting(aRequest, core.metadata(), core.deps);
    const before = [...core.graph.calls];

    await expect(createMeeting(other, core.metadata(), core.deps)).rejects.toMatchObject({
      code: 'requestIdReused',
    });
    expect(core.graph.calls.filter((call) => call !== 'findUserId')).toEqual(
      before.filter((call) => call !== 'findUserId'),
    );
    expect(core.results.published).toHaveLength(1);
  });

  test('takes the same organizer under another spelling for the same request', async () => {
    const core = new CoreHarness();
    await createMeeting(aRequest, core.metadata(), core.deps);
    const byId = { ...aRequest, organizer: 'DC17674C-81D9-4ADB-BFB2-8F6A442E4601' };

    expect((await createMeeting(byId, core.metadata(), core.deps)).repeated).toBe(true);
  });

  test('an unknown organizer is a failed result', async () => {
    const core = new CoreHarness();
    const request = { ...aRequest, organizer: 'nobody@contoso.com' };
    const { result } = await createMeeting(request, core.metadata(), core.deps);

    expect(result).toMatchObject({
      status: 'failed',
      meeting: null,
      error: { code: 'organizerNotFound', target: 'organizer' },
    });
  });

  test('a presenter without an Entra identity is refused by name', async () => {
    const core = new CoreHarness();
    const attendees = [
      { upn: 'anna@contoso.com', role: 'presenter' as const },
      { upn: 'eve@example.org', role: 'coorganizer' as const },
    ];
    const request = { ...aRequest, meeting: { ...aRequest.meeting, participants: { attendees } } };
    const { result } = await createMeeting(request, core.metadata(), core.deps);

    expect(result).toMatchObject({
      status: 'failed',
      error: { code: 'invalidRequest', target: 'meeting.participants.attendees[1].role' },
    });
    expect(core.graph.meetings).toEqual([]);
  });

  test.each([
    ['ensure', aRequest],
    ['createOnce', aPasscodeRequest],
  ])(
    'twenty concurrent copies of one %s request make one meeting and have one result',
    async (_plan, request) => {
      const core = new CoreHarness();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => createMeeting(request, core.metadata(), core.deps)),
      );

      expect(core.graph.meetings).toHaveLength(1);
      expect(new Set(outcomes.map(({ result }) => result.meeting?.id))).toEqual(
        new Set(['meeting-1']),
      );
      expect(outcomes.filter(({ repeated }) => !repeated)).toHaveLength(1);
      expect(new Set(statuses(core))).toEqual(new Set(['created']));
    },
  );

  test('a request without an id is made once, and its result has an id of its own', async () => {
    const core = new CoreHarness();
    const { requestId: _, ...request } = aRequest;
    const { result } = await createMeeting(request, core.metadata(), core.deps);

    expect(result).toMatchObject({ requestId: 'id-1', status: 'created' });
    expect(core.graph.calls).toEqual(['findUserId', 'create']);
  });

  test('without an id a call that broke off is unknown, and one that was not executed may be sent again', async () => {
    const core = new CoreHarness();
    const { requestId: _, ...request } = aRequest;
    core.graph.fault = (call) => (call === 'create' ? { after: cutOff } : undefined);
    expect((await createMeeting(request, core.metadata(), core.deps)).result.status).toBe(
      'unknown',
    );

    core.graph.fault = (call) => (call === 'create' ? { before: throttledFor(60_000) } : undefined);
    await expect(createMeeting(request, core.metadata(), core.deps)).rejects.toMatchObject({
      code: 'throttled',
    });
    expect(statuses(core)).toEqual(['unknown']);
  });

  test('a result that cannot be published is published when the request comes again', async () => {
    const core = new CoreHarness();
    core.results.failure = new MeetingError('storageUnavailable', 'No queue.');
    await expect(createMeeting(aRequest, core.metadata(), core.deps)).rejects.toMatchObject({
      code: 'storageUnavailable',
    });

    core.results.failure = undefined;
    await createMeeting(aRequest, core.metadata(), core.deps);
    expect(statuses(core)).toEqual(['created']);
    expect(core.graph.meetings).toHaveLength(1);
  });

  test('a meeting that Graph had under the requestId before the ledger is given back as existing', async () => {
    const core = new CoreHarness();
    await createMeeting(aRequest, core.metadata(), core.deps);
    const later = { ...core.deps, ledger: new CoreHarness().ledger };

    expect((await createMeeting(aRequest, core.metadata(), later)).result.status).toBe('existing');
    const other = { ...aRequest, meeting: { ...aRequest.meeting, subject: 'Another' } };
    const third = { ...core.deps, ledger: new CoreHarness().ledger };
    expect((await createMeeting(other, core.metadata(), third)).result).toMatchObject({
      status: 'failed',
      error: { code: 'requestIdReused' },
    });
  });
});
