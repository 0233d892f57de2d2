import { carryOut } from '../../src/meetings/carry-out';
import { toChange } from '../../src/meetings/change';
import { decideChange } from '../../src/meetings/changes/decide-change';
import type { MeetingRequest } from '../../src/requests/meeting-request';
import {
  aCalendarRequest,
  aPasscodeRequest,
  aRequest,
  CoreHarness,
} from '../support/harness/core-harness';

const day = 86_400_000;

test.each<[string, MeetingRequest]>([
  ['a request', aRequest],
  ['one that can be made only once', aPasscodeRequest],
  ['a meeting in a calendar', aCalendarRequest],
  ['an upsert', { ...aRequest, action: 'upsert' }],
])('the message of %s makes nothing once it is as old as what is forgotten', async (_, request) => {
  const core = new CoreHarness();
  const deps = { ...core.deps, retentionMs: 30 * day };
  const metadata = core.metadata();
  core.clock.advance(30 * day);
  const { result } = await carryOut(request, metadata, deps);
  expect(result).toMatchObject({
    status: 'unknown',
    error: {
      code: 'outcomeUnknown',
      message: expect.stringContaining('older than the retention time'),
    },
  });
  expect([core.graph.meetings, core.calendars.events]).toEqual([[], []]);
});

test('a younger message makes its meeting, however long it has waited', async () => {
  const core = new CoreHarness();
  const metadata = core.metadata();
  core.clock.advance(29 * day);
  const deps = { ...core.deps, allowPast: true, retentionMs: 30 * day };
  const { result } = await carryOut(aRequest, metadata, deps);
  expect(result.status).toBe('created');
});

test.each([
  ['an undo does not say that it was cancelled', { batchId: 'b', pass: 1 }, 'refuse'],
  ['anybody else is told that there is no meeting', {}, 'cancelUnmade'],
])('after a request was removed, %s', (_, more, kind) => {
  const request = { requestId: 'r-1', action: 'cancel', organizer: '', meeting: {} } as const;
  const change = toChange(request, { ...new CoreHarness().metadata(), ...more });
  const position = { change, entry: undefined, ended: undefined, objections: {} };
  expect(decideChange(position, { kind: 'arrived' }, 0).kind).toBe(kind);
});
