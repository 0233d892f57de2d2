import { ledgerWith } from '../../support/fakes/fake-ledger';
import { createMeeting } from '../../../src/meetings/create/create-meeting';
import { retryRequest } from '../../../src/meetings/create/retry-request';
import { MeetingError } from '../../../src/errors/meeting-error';
import type { MeetingRequest } from '../../../src/requests/meeting-request';
import { aPasscodeRequest, aRequest, CoreHarness } from '../../support/harness/core-harness';

const requestId = 'enrolment-2026-0017';
const cutOff = new MeetingError('graphUnavailable', 'x', { executed: 'unknown' });
const refused = new MeetingError('accessDenied', 'No.');
const throttled = new MeetingError('throttled', 'Slow down.', { retryAfterMs: 60_000 });

/** A request that ended without a meeting, because Graph failed at this call. */
async function ended(
  request: MeetingRequest,
  call: string,
  fault: { before?: Error; after?: Error },
): Promise<CoreHarness> {
  const core = new CoreHarness();
  core.graph.fault = (name) => (name === call ? fault : undefined);
  await createMeeting(request, { ...core.metadata(), batchId: 'b', index: 7 }, core.deps);
  core.graph.fault = () => undefined;
  return core;
}

const retry = (core: CoreHarness, confirmed = false): ReturnType<typeof retryRequest> =>
  retryRequest({ requestId, confirmed, metadata: core.metadata() }, core.deps);

const progressOf = async (core: CoreHarness): Promise<unknown> =>
  (await core.ledger.read(requestId))?.entry.progress;

describe('a retry', () => {
  test('of a failed request makes its meeting, and the result belongs to the same row of the batch', async () => {
    const core = await ended(aRequest, 'createOrGet', { before: refused });
    const { result } = await retry(core);

    expect(result).toMatchObject({ status: 'created', batchId: 'b', index: 7, attempts: 2 });
    expect(core.results.published).toMatchObject([
      { status: 'failed', batchId: 'b', index: 7, attempts: 1 },
      { status: 'created', batchId: 'b', index: 7, attempts: 2 },
    ]);
  });

  test('of a request that may have its meeting needs a confirmation, and changes nothing without', async () => {
    const core = await ended(aPasscodeRequest, 'create', { after: cutOff });
    await expect(retry(core)).rejects.toMatchObject({ code: 'confirmationNeeded' });
    expect(core.graph.meetings).toHaveLength(1);
    expect(await progressOf(core)).toMatchObject({ result: { status: 'unknown' } });

    expect((await retry(core, true)).result.status).toBe('created');
    expect(core.graph.meetings).toHaveLength(2);
  });

  test('of an ensure that may have its meeting needs none, since Graph finds it again', async () => {
    const core = new CoreHarness();
    core.graph.fault = (call) => (call === 'createOrGet' ? { after: cutOff } : undefined);
    const last = { ...core.metadata(), isLastAttempt: true };
    await createMeeting(aRequest, last, core.deps);
    core.graph.fault = () => undefined;

    expect((await retry(core)).result.status).toBe('created');
    expect(core.graph.meetings).toHaveLength(1);
  });

  test('that Graph throttles ends with a result, because nothing would continue it', async () => {
    const core = await ended(aRequest, 'createOrGet', { before: refused });
    core.graph.fault = (call) => (call === 'createOrGet' ? { before: throttled } : undefined);
    const { result } = await retry(core);

    expect(result).toMatchObject({ status: 'failed', error: { code: 'throttled' }, attempts: 2 });
    expect(await progressOf(core)).toEqual({ state: 'finished', result });
  });

  test('of a request that was too large to be kept leaves its result as it is', async () => {
    const core = await ended(aRequest, 'createOrGet', { before: refused });
    const stored = await core.ledger.read(requestId);
    const { request: _, ...withoutRequest } = stored?.entry ?? {};
    await core.ledger.replace(stored?.etag ?? '', withoutRequest as never);

    await expect(retry(core)).rejects.toMatchObject({
      code: 'requestNotFound',
      remedy: 'Send the whole request again, under a new requestId.',
    });
    expect(await progressOf(core)).toMatchObject({ result: { status: 'failed' } });
  });

  test('never takes back what happened after it looked', async () => {
    const core = await ended(aPasscodeRequest, 'create', { before: refused });
    const read = core.ledger.read.bind(core.ledger);
    let looks = 0;
    const ledger = ledgerWith(core.ledger, {
      read: async (id: string) => {
        const found = await read(id);
        looks += 1;
        // Another person is faster, between reading and claiming the row.
        if (looks === 1) await retry(core);
        return found;
      },
    });
    const { result, repeated } = await retryRequest(
      { requestId, confirmed: false, metadata: core.metadata() },
      { ...core.deps, ledger },
    );

    expect({ status: result.status, repeated }).toEqual({ status: 'created', repeated: true });
    expect(core.graph.meetings).toHaveLength(1);
  });

  test('of a request that has its meeting gives its result', async () => {
    const core = new CoreHarness();
    const { result } = await createMeeting(aRequest, core.metadata(), core.deps);

    expect(await retry(core)).toEqual({ result, repeated: true });
    expect(core.graph.calls).toEqual(['findUserId', 'createOrGet']);
  });

  test('does not overlap another attempt', async () => {
    const core = new CoreHarness();
    core.graph.create = () => new Promise(() => undefined);
    void createMeeting(aPasscodeRequest, core.metadata(), core.deps);
    await new Promise(setImmediate);

    await expect(retry(core)).rejects.toMatchObject({ code: 'requestInProgress' });
  });
});
