import { remember } from '../../page/src/columns/remembered';
import { toSentSheet } from '../../page/src/columns/rows/to-sent-sheet';
import { loadSheet, type LoadedSheet } from '../../page/src/sheet/loaded-sheet';
import { openFile } from '../../page/src/sheet/open-file';
import { loadedReaders } from '../support/page/loaded-readers';
import { useLocalStorage } from '../support/page/local-storage';

useLocalStorage();

async function load(...lines: readonly string[]): Promise<LoadedSheet> {
  const file = await openFile(
    'list.csv',
    new TextEncoder().encode(lines.join('\n')),
    loadedReaders,
  );
  const loaded = loadSheet(file, file.name);
  if (typeof loaded === 'string') throw new Error(loaded);
  return loaded;
}

/** The heading of each field's column. */
const columnsOf = ({ mapping, headings }: LoadedSheet): object =>
  Object.fromEntries(
    Object.entries(mapping.sources).flatMap(([target, source]) =>
      source.kind === 'column'
        ? [[target, headings.find(({ column }) => column === source.column)?.name]]
        : [],
    ),
  );

describe('a sheet with more columns than the remembered one', () => {
  const send = ({ headings, mapping }: LoadedSheet): void => remember(headings, mapping);

  test('has its other columns recognized', async () => {
    send(await load('Title;Organizer;Start;Duration', 'A;a@contoso.com;2030-01-15 14:00;20'));
    const sheet = await load(
      'Title;Organizer;Start;Duration;Participants;Lobby',
      'A;a@contoso.com;2030-01-15 14:00;20;p@example.com;everyone',
    );
    expect(columnsOf(sheet)).toEqual({
      'meeting.subject': 'Title',
      organizer: 'Organizer',
      'meeting.startDateTime': 'Start',
      durationMinutes: 'Duration',
      'meeting.participants.attendees': 'Participants',
      'meeting.lobbyBypassSettings.scope': 'Lobby',
    });
  });

  test('has its organizers besides its pools', async () => {
    send(await load('Title;Start;Duration;Organizer pool', 'A;2030-01-15 14:00;20;lessons'));
    const sheet = await load(
      'Title;Start;Duration;Organizer;Organizer pool',
      'A;2030-01-15 14:00;20;a@contoso.com;',
    );
    expect(columnsOf(sheet)).toMatchObject({
      organizer: 'Organizer',
      organizerPool: 'Organizer pool',
    });
  });

  test('keeps columns unused that a person does not use', async () => {
    const small = await load('Title;Start;Duration;Lobby', 'A;2030-01-15 14:00;20;everyone');
    const { 'meeting.lobbyBypassSettings.scope': _, ...sources } = small.mapping.sources;
    send({ ...small, mapping: { ...small.mapping, sources } });
    const sheet = await load(
      'Title;Start;Duration;Lobby;Guests',
      'A;2030-01-15 14:00;20;everyone;',
    );
    expect(columnsOf(sheet)).toEqual({
      'meeting.subject': 'Title',
      'meeting.startDateTime': 'Start',
      durationMinutes: 'Duration',
      'meeting.participants.attendees': 'Guests',
    });
  });
});

test('the rows above the headings of a text are sent, so that they come back', async () => {
  const sheet = await load('sep=;', 'Evening;2030', '', 'Title;Start', 'A;2030-01-15 14:00');
  expect(toSentSheet(sheet)).toMatchObject({
    headerRow: 4,
    above: [['Evening', '2030'], []],
    rows: [{ row: 5 }],
  });
});

test.each(['Evening', 'Parents, pupils, teachers', 'Evening;2030'])(
  'the title %s above a blank row does not hide the headings',
  async (title) => {
    const sheet = await load(title, '', 'Title;Start', 'A;2030-01-15 14:00');
    expect(sheet.headings.map(({ name }) => name)).toEqual(['Title', 'Start']);
  },
);
