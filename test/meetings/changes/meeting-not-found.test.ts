import { MeetingError } from '../../../src/errors/meeting-error';
import { carryOut } from '../../../src/meetings/carry-out';
import { aRequest, CoreHarness } from '../../support/harness/core-harness';
import {
  type GivenRequest,
  run,
  endings,
  create,
  move,
  cancel,
} from '../../support/harness/changes';

describe('a meeting that Graph does not find', () => {
  async function withoutMeeting(given: GivenRequest): Promise<[string[], CoreHarness]> {
    const core = new CoreHarness();
    await run(core, create);
    core.clock.advance(600_000);
    core.graph.meetings.pop();
    return [endings(await run(core, given)), core];
  }

  test.each([
    ['is said of an update', move, 'meetingNotFound', 'update'],
    ['is no error of a cancel', cancel, 'cancelled', 'delete'],
  ])('%s, and only after a second look', async (_name, given, expected, call) => {
    const [ended, core] = await withoutMeeting(given);
    expect(ended).toEqual([expected]);
    expect(core.graph.calls.slice(2)).toEqual([call, call]);
  });

  test('may only be new, and is looked for again once it is not', async () => {
    const core = new CoreHarness();
    await run(core, create);
    core.clock.advance(20_000);
    core.graph.meetings.pop();
    const error = await carryOut({ ...aRequest, ...move }, core.metadata(), core.deps).catch(
      (thrown: unknown) => thrown,
    );
    const waited = core.clock.slept.reduce((sum, ms) => sum + ms, 0);
    expect(error).toMatchObject({ code: 'graphUnavailable', retryAfterMs: 40_000 - waited });
  });

  test.each([
    ['the same cancel comes again', true],
    ['another one comes', false],
  ])('is cancelled after ten seconds where a DELETE had no answer and %s', async (_, isSame) => {
    const core = new CoreHarness();
    await run(core, create);
    let calls = 0;
    core.graph.fault = () =>
      (calls += 1) === 1
        ? { after: new MeetingError('graphUnavailable', '504', { executed: 'unknown' }) }
        : undefined;
    const first = core.metadata();
    const attempt = (metadata = first) =>
      carryOut({ ...aRequest, action: 'cancel' }, metadata, core.deps);
    await expect(attempt()).rejects.toMatchObject({
      code: 'graphUnavailable',
      executed: 'unknown',
    });
    core.clock.advance(10_000);
    const { result } = await attempt(isSame ? first : core.metadata());
    expect(result.status).toBe('cancelled');
  });

  test('may only be new', async () => {
    const core = new CoreHarness();
    await run(core, create);
    core.graph.fault = () => ({ before: new MeetingError('meetingNotFound', 'Not yet.') });
    expect(endings(await run(core, move))).toEqual(['graphUnavailable']);
    core.graph.fault = () => undefined;
    expect(endings(await run(core, move))).toEqual(['updated']);
  });
});
