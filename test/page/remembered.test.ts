import type { Heading, Mapping } from '../../page/src/columns/mapping';
import { recall, remember } from '../../page/src/columns/remembered';
import { useLocalStorage } from '../support/page/local-storage';

useLocalStorage();

const headings = (...names: readonly string[]): readonly Heading[] =>
  names.map((name, place) => ({ column: place + 1, name }));

const mapping: Mapping = {
  timeZone: 'Europe/Berlin',
  sources: {
    'meeting.subject': { kind: 'text', text: 'Evening {Pupil}' },
    'meeting.startDateTime': { kind: 'column', column: 2 },
    durationMinutes: { kind: 'column', column: 3 },
  },
};

describe('the remembered mapping of a sheet', () => {
  test('applies to the downloaded sheet with added columns', () => {
    remember(headings('Pupil', 'Date', 'Minutes'), mapping);
    expect(recall(headings('Cancel', 'Pupil', 'Minutes', 'Date', 'requestId'))?.mapping).toEqual({
      ...mapping,
      sources: {
        'meeting.subject': { kind: 'text', text: 'Evening {Pupil}' },
        'meeting.startDateTime': { kind: 'column', column: 4 },
        durationMinutes: { kind: 'column', column: 3 },
      },
    });
  });

  test('does not apply if one of its headings is missing', () => {
    remember(headings('Pupil', 'Date', 'Minutes'), mapping);
    expect(recall(headings('Pupil', 'Date'))).toBeUndefined();
  });

  test('leaves out our own column where the sheet has none', () => {
    const source = { kind: 'column', column: 4 } as const;
    remember(headings('Pupil', 'Date', 'Minutes', 'requestId'), {
      ...mapping,
      sources: { ...mapping.sources, requestId: source },
    });
    expect(recall(headings('Pupil', 'Date', 'Minutes'))?.mapping.sources.requestId).toEqual({
      kind: 'none',
    });
  });

  test('finds one of two columns with the same name by its place', () => {
    remember(headings('E-mail', 'E-mail'), {
      timeZone: 'UTC',
      sources: { organizer: { kind: 'column', column: 2 } },
    });
    expect(recall(headings('E-mail', 'E-mail'))?.mapping.sources.organizer).toEqual({
      kind: 'column',
      column: 2,
    });
  });

  test('is that of the sheet with most headings, whatever was sent last', () => {
    remember(headings('Pupil', 'Date', 'Minutes'), mapping);
    remember(headings('Pupil', 'Date'), { ...mapping, timeZone: 'UTC' });
    expect(recall(headings('Pupil', 'Date', 'Minutes'))?.mapping.timeZone).toBe('Europe/Berlin');
    expect(recall(headings('Pupil', 'Date', 'Room'))?.mapping.timeZone).toBe('UTC');
  });

  test('says which headings it did not have', () => {
    remember(headings('Pupil', 'Date'), mapping);
    expect(recall(headings('Lobby', 'Date', 'Pupil', 'Guests'))?.added).toEqual([
      { column: 1, name: 'Lobby' },
      { column: 4, name: 'Guests' },
    ]);
  });
});
