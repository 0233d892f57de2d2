import { MeetingError } from '../../../src/errors/meeting-error';
import { carryOut } from '../../../src/meetings/carry-out';
import { createMeeting } from '../../../src/meetings/create/create-meeting';
import { previewRequest } from '../../../src/meetings/preview/preview-request';
import type { MeetingRequest } from '../../../src/requests/meeting-request';
import { aRequest, CoreHarness } from '../../support/harness/core-harness';

const anna = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';

function previewIn(harness: CoreHarness, request: MeetingRequest = aRequest) {
  return previewRequest(request, { ...harness.deps, rights: harness.graph });
}

const calls = ({ graph }: CoreHarness): readonly string[] => graph.calls.splice(0);

test('a new request would be made, and nothing is made', async () => {
  const harness = new CoreHarness();
  expect(await previewIn(harness)).toEqual({
    outcome: 'create',
    changes: [],
    warnings: [],
    error: null,
    organizerId: anna,
  });
  expect(calls(harness)).toEqual(['findUserId', 'check']);
  expect(await harness.ledger.read('enrolment-2026-0017')).toBeUndefined();
  expect(harness.results.published).toEqual([]);
});

test('the same request again would change nothing', async () => {
  const harness = new CoreHarness();
  await createMeeting(aRequest, harness.metadata(), harness.deps);
  const [row, meetings] = [
    await harness.ledger.read('enrolment-2026-0017'),
    structuredClone(harness.graph.meetings),
  ];
  calls(harness);
  expect(await previewIn(harness)).toMatchObject({ outcome: 'unchanged', error: null });
  expect(calls(harness)).toEqual(['findUserId']);
  expect(await harness.ledger.read('enrolment-2026-0017')).toEqual(row);
  expect(harness.graph.meetings).toEqual(meetings);
});

test('another request under a known id would be refused', async () => {
  const harness = new CoreHarness();
  await createMeeting(aRequest, harness.metadata(), harness.deps);
  const other = { ...aRequest, meeting: { ...aRequest.meeting, subject: 'Another evening' } };
  expect(await previewIn(harness, other)).toMatchObject({
    outcome: 'refuse',
    error: { code: 'requestIdReused', message: expect.stringContaining('subject') as unknown },
  });
});

test('a request that has failed would give its failure again', async () => {
  const harness = new CoreHarness();
  const refusal = new MeetingError('accessPolicyMissing', 'No policy.');
  harness.graph.fault = (call) => (call === 'createOrGet' ? { before: refusal } : undefined);
  await createMeeting(aRequest, harness.metadata(), harness.deps);
  expect(await previewIn(harness)).toMatchObject({
    outcome: 'refuse',
    error: { code: 'accessPolicyMissing' },
  });
});

test.each(['accessPolicyMissing', 'organizerNotLicensed', 'applicationRoleMissing'] as const)(
  'an organizer whom Graph refuses with %s would be refused',
  async (code) => {
    const harness = new CoreHarness();
    harness.graph.refused.set(anna, new MeetingError(code, 'No.'));
    expect(await previewIn(harness)).toMatchObject({
      outcome: 'refuse',
      error: { code },
      organizerId: anna,
    });
  },
);

test('an unavailable Graph does not count against the request', async () => {
  const harness = new CoreHarness();
  const throttled = new MeetingError('throttled', 'Not now.', { retryAfterMs: 60_000 });
  harness.graph.fault = (call) => (call === 'check' ? { before: throttled } : undefined);
  expect(await previewIn(harness)).toMatchObject({
    outcome: 'create',
    warnings: [{ code: 'notChecked', message: 'Not everything could be checked: Not now.' }],
  });
});

test.each<[string, Partial<MeetingRequest>, string]>([
  ['an organizer whom nobody knows', { organizer: 'nobody@contoso.com' }, 'organizerNotFound'],
  [
    'a meeting that is over',
    {
      meeting: {
        subject: 'Over',
        startDateTime: '2020-12-01T14:30:00Z',
        endDateTime: '2020-12-01T15:00:00Z',
      },
    },
    'invalidRequest',
  ],
  [
    'a presenter without an account',
    {
      meeting: {
        ...aRequest.meeting,
        participants: { attendees: [{ upn: 'guest@example.org', role: 'presenter' }] },
      },
    },
    'invalidRequest',
  ],
])('%s would be refused', async (_what, change, code) => {
  const harness = new CoreHarness();
  expect(await previewIn(harness, { ...aRequest, ...change })).toMatchObject({
    outcome: 'refuse',
    error: { code },
  });
});

describe('the preview of a change', () => {
  const moved = {
    ...aRequest,
    action: 'upsert',
    meeting: {
      ...aRequest.meeting,
      startDateTime: '2026-12-02T14:30:00Z',
      endDateTime: '2026-12-02T15:00:00Z',
    },
  } as const;

  async function made(): Promise<CoreHarness> {
    const harness = new CoreHarness();
    await createMeeting(aRequest, harness.metadata(), harness.deps);
    calls(harness);
    return harness;
  }

  test('names what would change, and changes nothing', async () => {
    const harness = await made();
    const before = structuredClone(harness.graph.meetings);
    expect(await previewIn(harness, moved)).toMatchObject({
      outcome: 'update',
      changes: [
        { path: 'startDateTime', from: '2026-12-01T14:30:00Z', to: '2026-12-02T14:30:00Z' },
        { path: 'endDateTime', from: '2026-12-01T15:00:00Z', to: '2026-12-02T15:00:00Z' },
      ],
    });
    expect(calls(harness)).toEqual(['findUserId']);
    expect(harness.graph.meetings).toEqual(before);
  });

  test.each<[string, MeetingRequest, object]>([
    ['the same again', { ...aRequest, action: 'upsert' }, { outcome: 'unchanged', changes: [] }],
    ['a new meeting', { ...moved, requestId: 'new' }, { outcome: 'create' }],
    ['a cancel', { ...aRequest, action: 'cancel' }, { outcome: 'cancel' }],
    [
      'an update of nothing',
      { ...moved, action: 'update', requestId: 'new' },
      { outcome: 'refuse', error: { code: 'requestNotFound' } },
    ],
    [
      'a new organizer',
      { ...moved, organizer: 'dc17674c-81d9-4adb-bfb2-8f6a442e4602' },
      { outcome: 'refuse', error: { code: 'requestIdReused' } },
    ],
  ])('of %s', async (_what, request, found) => {
    expect(await previewIn(await made(), request)).toMatchObject(found);
  });

  test.each<[string, MeetingRequest]>([
    ['a change', moved],
    ['the same create again', aRequest],
    ['another create', { ...moved, action: 'create' }],
  ])('of %s, after a cancel, says that this is final', async (_what, request) => {
    const harness = await made();
    await carryOut({ ...aRequest, action: 'cancel' }, harness.metadata(), harness.deps);
    expect(await previewIn(harness, request)).toMatchObject({
      outcome: 'refuse',
      error: { code: 'requestCancelled' },
    });
  });
});
