import { createMeeting } from '../../../src/meetings/create/create-meeting';
import { MeetingError } from '../../../src/errors/meeting-error';
import type { MeetingRequest } from '../../../src/requests/meeting-request';
import { aPasscodeRequest, aRequest, CoreHarness } from '../../support/harness/core-harness';

const refused = new MeetingError('graphRejected', 'No.');
const throttled = new MeetingError('throttled', 'Slow down.', { retryAfterMs: 60_000 });

const asking = (meeting: MeetingRequest['meeting']): MeetingRequest => ({
  ...aRequest,
  meeting: { ...aRequest.meeting, ...meeting },
});

const callsFor = (core: CoreHarness): string[] =>
  core.graph.calls.filter((call) => call !== 'findUserId');

describe('an option that the answer of Graph leaves out', () => {
  test.each([
    'allowRecording',
    'allowTranscription',
    'allowAttendeeToEnableCamera',
    'allowAttendeeToEnableMic',
    'allowTeamworkReactions',
    'allowWhiteboard',
    'allowBreakoutRooms',
  ])('is set, also to its default: %s', async (option) => {
    const core = new CoreHarness();
    const { result } = await createMeeting(asking({ [option]: false }), core.metadata(), core.deps);

    expect(core.graph.meetings).toMatchObject([{ [option]: false }]);
    expect(callsFor(core)).toEqual(['createOrGet', 'update']);
    expect(result.notApplied).toEqual([]);
  });

  test('is read back when the answer to the change leaves it out too', async () => {
    const core = new CoreHarness();
    core.graph.omit = (call) => (call === 'update' ? ['lobbyBypassSettings'] : []);
    const { result } = await createMeeting(
      asking({ lobbyBypassSettings: { scope: 'everyone' } }),
      core.metadata(),
      core.deps,
    );

    expect(callsFor(core)).toEqual(['createOrGet', 'update', 'get']);
    expect(result).toMatchObject({ status: 'created', notApplied: [], error: null });
    expect(result.meeting).toMatchObject({ lobbyBypassSettings: { scope: 'everyone' } });
  });

  test('is not taken from the answer before the change', async () => {
    const core = new CoreHarness();
    core.graph.omit = (call) => (call === 'update' ? ['allowedPresenters'] : []);
    const { result } = await createMeeting(
      asking({ allowedPresenters: 'organizer' }),
      core.metadata(),
      core.deps,
    );

    expect(result.meeting).toMatchObject({ allowedPresenters: 'organizer' });
    expect(result.notApplied).toEqual([]);
  });

  test('is named as not applied when no answer has it', async () => {
    const core = new CoreHarness();
    core.graph.omit = () => ['allowRecording'];
    const { result } = await createMeeting(
      asking({ allowRecording: false }),
      core.metadata(),
      core.deps,
    );

    expect(callsFor(core)).toEqual(['createOrGet', 'update', 'get']);
    expect(result).toMatchObject({ status: 'created', notApplied: ['allowRecording'] });
  });

  test('of a plain create is read back, and the meeting is given even if that fails', async () => {
    const core = new CoreHarness();
    core.graph.omit = (call) => (call === 'create' ? ['joinMeetingIdSettings'] : []);
    const { result } = await createMeeting(aPasscodeRequest, core.metadata(), core.deps);
    expect(callsFor(core)).toEqual(['create', 'get']);
    expect(result).toMatchObject({ status: 'created', notApplied: [] });

    const other = new CoreHarness();
    other.graph.omit = (call) => (call === 'create' ? ['joinMeetingIdSettings'] : []);
    other.graph.fault = (call) => (call === 'get' ? { before: refused } : undefined);
    const second = await createMeeting(aPasscodeRequest, other.metadata(), other.deps);
    expect(second.result).toMatchObject({
      status: 'created',
      meeting: { id: 'meeting-1' },
      notApplied: ['joinMeetingIdSettings.isPasscodeRequired'],
    });
  });
});

describe('a join link that the answer leaves out', () => {
  test('is read back', async () => {
    const core = new CoreHarness();
    core.graph.omit = (call) => (call === 'createOrGet' ? ['joinWebUrl'] : []);
    const { result } = await createMeeting(aRequest, core.metadata(), core.deps);

    expect(result.meeting).toMatchObject({ joinWebUrl: 'https://teams.example/meeting-1' });
    expect(result.notApplied).toEqual([]);
  });

  test('is named when there is none', async () => {
    const core = new CoreHarness();
    core.graph.omit = () => ['joinWebUrl'];
    const { result } = await createMeeting(aRequest, core.metadata(), core.deps);

    expect(result).toMatchObject({ status: 'created', notApplied: ['joinWebUrl'] });
  });
});

describe('a language', () => {
  test('takes one reading after createOrGet, which does not document it', async () => {
    const core = new CoreHarness();
    await createMeeting({ ...aRequest, language: 'de-DE' }, core.metadata(), core.deps);

    expect(callsFor(core)).toEqual(['createOrGet', 'get']);
    expect(core.graph.readIn).toEqual(['de-DE']);
  });

  test('takes none after a plain create', async () => {
    const core = new CoreHarness();
    await createMeeting({ ...aPasscodeRequest, language: 'de-DE' }, core.metadata(), core.deps);

    expect(callsFor(core)).toEqual(['create']);
  });

  test('that cannot be read now is read at the next attempt, and given up at the last', async () => {
    const core = new CoreHarness();
    const request = { ...aRequest, language: 'de-DE' };
    core.graph.fault = (call) => (call === 'get' ? { before: throttled } : undefined);
    await expect(createMeeting(request, core.metadata(), core.deps)).rejects.toThrow('Slow down.');
    core.clock.advance(90_000_000);
    const { result } = await createMeeting(request, core.metadata(1), core.deps);

    expect(result).toMatchObject({ status: 'created', error: { code: 'throttled' } });
    expect(core.graph.meetings).toHaveLength(1);
  });
});

describe('a meeting that Graph had under the key', () => {
  test('and that has expired is never given out', async () => {
    const core = new CoreHarness();
    await createMeeting(aRequest, core.metadata(), core.deps);
    Object.assign(core.graph.meetings[0] ?? {}, { expiryDateTime: '2026-12-01T07:59:59Z' });
    const later = { ...core.deps, ledger: new CoreHarness().ledger };
    const { result } = await createMeeting(aRequest, core.metadata(), later);

    expect(result).toMatchObject({
      status: 'failed',
      meeting: null,
      error: { code: 'meetingExpired', target: 'requestId' },
    });
  });

  test('under a key of the caller’s own must not have expired either, but may be any other', async () => {
    const core = new CoreHarness();
    const own = { ...aRequest, externalId: 'k' };
    await createMeeting(own, core.metadata(), core.deps);
    const other = { ...own, requestId: 'r-2', meeting: { subject: 'Another' } };
    expect((await createMeeting(other, core.metadata(), core.deps)).result.status).toBe('existing');

    Object.assign(core.graph.meetings[0] ?? {}, { expiryDateTime: '2026-12-01T08:00:00Z' });
    const third = { ...own, requestId: 'r-3' };
    expect((await createMeeting(third, core.metadata(), core.deps)).result).toMatchObject({
      status: 'failed',
      error: { code: 'meetingExpired' },
    });
  });

  test('and that is another one is not changed and not given out, also when in doubt', async () => {
    const core = new CoreHarness();
    await createMeeting(aRequest, core.metadata(), core.deps);
    const later = { ...core.deps, ledger: new CoreHarness().ledger };
    const other = asking({ subject: 'Board', allowedPresenters: 'organizer' });
    let tries = 0;
    const cutOff = new MeetingError('graphUnavailable', 'x', { executed: 'unknown' });
    core.graph.fault = (call) =>
      call === 'createOrGet' && (tries += 1) === 1 ? { before: cutOff } : undefined;
    const { result } = await createMeeting(other, core.metadata(), later);

    expect(result).toMatchObject({
      status: 'unknown',
      meeting: null,
      error: { code: 'outcomeUnknown' },
    });
    expect(core.graph.meetings).toMatchObject([{ subject: 'Parent evening' }]);
    expect(core.graph.meetings[0]).toMatchObject({ allowedPresenters: 'everyone' });
    expect(core.graph.calls).not.toContain('update');
  });
});
