import { makeGraphDirectory } from '../../../src/adapters/graph/directory';
import { makeGraphMeetings } from '../../../src/adapters/graph/meetings';
import type { Directory, MeetingProvider } from '../../../src/meetings/ports';
import { FakeGraph } from '../../support/fakes/fake-graph';
import { anna, GraphHarness, soon } from '../../support/harness/graph-harness';

let harness: GraphHarness;
beforeAll(async () => {
  harness = await GraphHarness.start();
});
afterAll(() => harness.close());

const meeting = {
  subject: 'Parent evening',
  startDateTime: '2026-12-01T14:30:00Z',
  endDateTime: '2026-12-01T15:00:00Z',
};

describe.each<[string, () => MeetingProvider & Directory]>([
  ['the fake Graph', () => new FakeGraph()],
  [
    'the Graph client on the simulator',
    () => {
      harness.simulator.reset();
      return { ...makeGraphMeetings(harness.graph), ...makeGraphDirectory(harness.graph, 60_000) };
    },
  ],
])('%s', (_name, make) => {
  test('creates a meeting at every call', async () => {
    const graph = make();
    const first = await graph.create(anna, meeting, soon());
    const second = await graph.create(anna, meeting, soon());
    expect(first).toMatchObject({ created: true, meeting: { subject: 'Parent evening' } });
    expect(second.meeting.id).not.toBe(first.meeting.id);
    expect(first.meeting.joinWebUrl).toMatch(/^https:\/\//);
  });

  test('creates one meeting for one externalId', async () => {
    const graph = make();
    const first = await graph.createOrGet(anna, { ...meeting, externalId: 'k1' }, soon());
    const second = await graph.createOrGet(
      anna,
      { ...meeting, subject: 'Other', externalId: 'k1' },
      soon(),
    );
    expect(first.created).toBe(true);
    expect(second).toMatchObject({
      created: false,
      meeting: { id: first.meeting.id, subject: 'Parent evening' },
    });
  });

  test('reads a meeting', async () => {
    const graph = make();
    const { meeting: made } = await graph.create(anna, meeting, soon());
    expect(await graph.get(anna, made.id, soon())).toMatchObject({
      id: made.id,
      subject: 'Parent evening',
    });
    const absent = Buffer.from(`1*${anna}*0**19:meeting_x@thread.v2`).toString('base64');
    await expect(graph.get(anna, absent, soon())).rejects.toMatchObject({
      code: 'meetingNotFound',
    });
  });

  test('finds a meeting by its link and by its meeting id', async () => {
    const graph = make();
    const { meeting: made } = await graph.create(anna, meeting, soon());
    const keys = [
      { property: 'JoinWebUrl', value: made.joinWebUrl ?? '' },
      {
        property: 'joinMeetingIdSettings/joinMeetingId',
        value: made.joinMeetingIdSettings?.joinMeetingId ?? '',
      },
    ] as const;
    for (const key of keys)
      expect(await graph.find(anna, key, soon())).toMatchObject({ value: [{ id: made.id }] });
    await expect(
      graph.find(anna, { property: 'JoinWebUrl', value: "https://example.org/it's" }, soon()),
    ).rejects.toMatchObject({ code: 'meetingNotFound', executed: 'no' });
  });

  test('deletes a meeting once', async () => {
    const graph = make();
    const { meeting: made } = await graph.create(anna, meeting, soon());
    await graph.delete(anna, made.id, soon());
    const gone = { code: 'meetingNotFound', executed: 'no' };
    await expect(graph.get(anna, made.id, soon())).rejects.toMatchObject(gone);
    await expect(graph.delete(anna, made.id, soon())).rejects.toMatchObject(gone);
  });

  test('updates options of a meeting', async () => {
    const graph = make();
    const { meeting: made } = await graph.createOrGet(
      anna,
      { ...meeting, externalId: 'k2' },
      soon(),
    );
    const updated = await graph.update(anna, made.id ?? '', {
      properties: { lobbyBypassSettings: { scope: 'invited' }, allowedPresenters: 'organizer' },
      options: soon(),
    });
    expect(updated).toMatchObject({
      id: made.id,
      lobbyBypassSettings: { scope: 'invited' },
      allowedPresenters: 'organizer',
    });
  });

  test('finds a user by name and takes an object id as it is', async () => {
    const graph = make();
    expect(await graph.findUserId('Anna@contoso.com', soon())).toBe(anna);
    expect(await graph.findUserId(anna.toUpperCase(), soon())).toBe(anna);
    expect(await graph.findUserId('nobody@contoso.com', soon())).toBeUndefined();
  });
});
