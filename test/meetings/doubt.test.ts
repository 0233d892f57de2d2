import { createMeeting } from '../../src/meetings/create/create-meeting';
import { MeetingError } from '../../src/errors/meeting-error';
import type { MeetingRequest } from '../../src/requests/meeting-request';
import { retryRequest } from '../../src/meetings/create/retry-request';
import { aPasscodeRequest, aRequest, CoreHarness } from '../support/harness/core-harness';

const cutOff = new MeetingError('graphUnavailable', 'The answer broke off.', {
  executed: 'unknown',
});
const throttled = new MeetingError('throttled', 'Slow down.', { retryAfterMs: 60_000 });
const refused = new MeetingError('accessDenied', 'No.');
const withLobby: MeetingRequest = {
  ...aRequest,
  meeting: { ...aRequest.meeting, lobbyBypassSettings: { scope: 'everyone' } },
};

/** Graph fails at these calls, one after another, and serves the rest. */
function failAt(
  core: CoreHarness,
  name: string,
  ...faults: readonly { before?: Error; after?: Error }[]
): void {
  const left = [...faults];
  core.graph.fault = (call) => (call === name ? left.shift() : undefined);
}

const statuses = (core: CoreHarness): string[] =>
  core.results.published.map(({ status }) => status);

describe('a request that may have its meeting already', () => {
  test('is not called failed because its next attempt is refused', async () => {
    const core = new CoreHarness();
    failAt(core, 'createOrGet', { after: cutOff }, { before: throttled }, { before: refused });
    await expect(createMeeting(aRequest, core.metadata(), core.deps)).rejects.toThrow('Slow down.');
    await createMeeting(aRequest, core.metadata(1), core.deps);

    expect(core.graph.meetings).toHaveLength(1);
    expect(statuses(core)).toEqual(['unknown']);
  });

  test('is not called failed when it grows too old', async () => {
    const core = new CoreHarness();
    failAt(core, 'createOrGet', { after: cutOff }, { before: throttled }, { before: throttled });
    await expect(createMeeting(aRequest, core.metadata(), core.deps)).rejects.toThrow('Slow down.');
    await createMeeting(aRequest, { ...core.metadata(1), isLastAttempt: true }, core.deps);

    expect(statuses(core)).toEqual(['unknown']);
  });

  test('stays in doubt when a person has it tried again', async () => {
    const core = new CoreHarness();
    failAt(core, 'create', { after: cutOff }, { before: refused });
    await createMeeting(aPasscodeRequest, core.metadata(), core.deps);
    const requestId = aPasscodeRequest.requestId ?? '';
    await retryRequest({ requestId, confirmed: true, metadata: core.metadata() }, core.deps);

    expect(statuses(core)).toEqual(['unknown', 'unknown']);
  });
});

describe('a request that certainly has no meeting', () => {
  test('fails when it has only been throttled until it was too old', async () => {
    const core = new CoreHarness();
    failAt(core, 'createOrGet', { before: throttled }, { before: throttled });
    await expect(createMeeting(aRequest, core.metadata(), core.deps)).rejects.toThrow('Slow down.');
    const { result } = await createMeeting(
      aRequest,
      { ...core.metadata(1), isLastAttempt: true },
      core.deps,
    );

    expect(result).toMatchObject({ status: 'failed', error: { code: 'throttled' } });
  });

  test('is tried again when only looking up its organizer broke off', async () => {
    const core = new CoreHarness();
    core.graph.fault = (call) => (call === 'findUserId' ? { before: cutOff } : undefined);
    await expect(createMeeting(aPasscodeRequest, core.metadata(), core.deps)).rejects.toThrow(
      'broke off',
    );
    core.graph.fault = () => undefined;
    await createMeeting(aPasscodeRequest, core.metadata(1), core.deps);

    expect(statuses(core)).toEqual(['created']);
    expect(core.graph.meetings).toHaveLength(1);
  });
});

test('a meeting whose options cannot be set until the end is given with what was not applied', async () => {
  const core = new CoreHarness();
  core.graph.fault = (call) => (call === 'update' ? { before: throttled } : undefined);
  await expect(createMeeting(withLobby, core.metadata(), core.deps)).rejects.toThrow('Slow down.');
  const { result } = await createMeeting(
    withLobby,
    { ...core.metadata(1), isLastAttempt: true },
    core.deps,
  );

  expect(result).toMatchObject({
    status: 'created',
    meeting: { id: 'meeting-1' },
    notApplied: ['lobbyBypassSettings.scope'],
    error: { code: 'throttled' },
  });
});

describe('a plain create that says ifUnknown: retry', () => {
  const retrying: MeetingRequest = { ...aPasscodeRequest, ifUnknown: 'retry' };

  test('is repeated when its answer is lost, and says that a meeting may stay unused', async () => {
    const core = new CoreHarness();
    failAt(core, 'create', { after: cutOff });
    await expect(createMeeting(retrying, core.metadata(), core.deps)).rejects.toThrow('broke off');
    const { result } = await createMeeting(retrying, core.metadata(1), core.deps);

    expect(result).toMatchObject({
      status: 'created',
      mayHaveUnusedMeeting: true,
      meeting: { id: 'meeting-2' },
    });
    expect(core.graph.meetings).toHaveLength(2);
  });

  test('may say so for the whole installation, unless it says otherwise itself', async () => {
    const core = new CoreHarness();
    const deps = { ...core.deps, ifUnknown: 'retry' } as const;
    failAt(core, 'create', { after: cutOff });
    await expect(createMeeting(aPasscodeRequest, core.metadata(), deps)).rejects.toThrow(
      'broke off',
    );
    failAt(core, 'create', { after: cutOff });
    const own: MeetingRequest = { ...aPasscodeRequest, requestId: 'own', ifUnknown: 'report' };
    expect((await createMeeting(own, core.metadata(), deps)).result.status).toBe('unknown');
  });

  test('is taken over when its instance died', async () => {
    const core = new CoreHarness();
    const create = core.graph.create.bind(core.graph);
    core.graph.create = () => new Promise(() => undefined);
    void createMeeting(retrying, core.metadata(), core.deps);
    await new Promise(setImmediate);
    core.clock.advance(600_000);
    core.graph.create = create;
    const { result } = await createMeeting(retrying, core.metadata(1), core.deps);

    expect(result).toMatchObject({ status: 'created', mayHaveUnusedMeeting: true });
  });

  test('says nothing of the kind when nothing was lost', async () => {
    const core = new CoreHarness();
    const { result } = await createMeeting(retrying, core.metadata(), core.deps);

    expect(result).not.toHaveProperty('mayHaveUnusedMeeting');
  });
});
