import fc from 'fast-check';
import { readCsv } from '../../../../src/adapters/csv';
import type { InputRow } from '../../../../src/batches/intake/body';
import { openCsv } from '../../../../src/batches/intake/sheet/read-csv';
import { readHeader, toInput } from '../../../../src/batches/intake/sheet/csv-header';
import { openJson } from '../../../../src/batches/intake/read-json';
import { toRecord } from '../../../../src/batches/results/csv-cell';
import { columnNames, possibleColumns } from '../../../../src/requests/column-names';
import { parseMeetingRequest } from '../../../../src/requests/parse/parse-meeting-request';
import { plainName } from '../../../../src/requests/plain-name';
import { asBody, BatchHarness } from '../../../support/harness/batch-harness';
import { anyText } from '../../../support/arbitraries/any-text';

const rowsOf = async (text: string, defaults: object = {}): Promise<InputRow[]> => {
  const body = await openCsv(Buffer.from(text), { ...defaults }, readCsv);
  const rows: InputRow[] = [];
  for await (const row of body.rows()) rows.push(row);
  return rows;
};

const berlin = { organizer: 'anna@contoso.com', timeZone: 'Europe/Berlin', durationMinutes: 30 };

/** The start and end of each row, or its problem. */
const timesOf = async (text: string, defaults: object = berlin): Promise<unknown[]> =>
  (await rowsOf(text, defaults)).map(({ input }) => {
    const parsed = parseMeetingRequest(input);
    if (!parsed.ok) return parsed.problems.map(({ code, target }) => `${code} ${target}`);
    const { startDateTime, endDateTime } = parsed.request.meeting;
    return `${startDateTime} ${endDateTime}`;
  });

describe('the words that people use for columns', () => {
  test.each(
    Object.entries(columnNames).flatMap(([target, names]) => names.map((name) => [name, target])),
  )('%s is %s', (name, target) => {
    expect(readHeader([name, 'Own']).columns).toEqual([{ place: 0, target }]);
  });

  test('mean one thing each', () => {
    const meanings = new Map<string, Set<string>>();
    const add = (name: string, target: string) =>
      meanings.set(plainName(name), (meanings.get(plainName(name)) ?? new Set()).add(target));
    for (const [target, names] of Object.entries(columnNames))
      for (const name of names) add(name, target);
    for (const { names, targets } of possibleColumns)
      for (const name of names) add(name, targets.join());
    expect([...meanings].filter(([, targets]) => targets.size > 1)).toEqual([]);
  });

  test.each([
    ...[
      'Class',
      'Klasse',
      'Room',
      'Raum',
      'Teacher',
      'Lehrer',
      'Pupil',
      'Schüler',
      'Name',
      'Nr',
      'No',
    ],
    ...[
      'Remark',
      'Bemerkung',
      'Note',
      'Notes',
      'Notiz',
      'Student number',
      'Grade',
      'Phone',
      'Telefon',
    ],
    ...['Location', 'Ort', 'Category', 'Kommentar', 'Sprache', 'Gruppe', 'Group', 'Price', 'Link'],
  ])('%s is the caller’s own', (name) => {
    expect(readHeader(['Subject', name])).toMatchObject({
      columns: [{ place: 0 }],
      unused: [name],
    });
  });

  test.each([
    ['Organzier', /Did you mean organizer\?/],
    ['Teilnemer', /Did you mean meeting\.participants\.attendees\?/],
    ['Uhrzeitt', /Did you mean startTime\?/],
    ['E-Mail', /"E-Mail" could mean organizer or meeting\.participants\.attendees/],
  ])('%s is refused with the name meant', (name, message) => {
    expect(() => readHeader(['Subject', name])).toThrow(message);
  });

  test('an address alone is the organizer’s or the attendees’ where only that is left', () => {
    expect(() => readHeader(['Organizer', 'Email'])).toThrow(/could mean meeting\.participants/);
    expect(readHeader(['Organizer', 'Attendees', 'Email']).unused).toEqual(['Email']);
    expect(readHeader(['Teacher e-mail', 'Subject']).columns[0]?.target).toBe('organizer');
    expect(readHeader(['Organizer', 'Teacher e-mail']).unused).toEqual(['Teacher e-mail']);
  });

  test('two words for one thing are a duplicate, unless one is the property’s own name', () => {
    expect(() => readHeader(['Betreff', 'Titel'])).toThrow(/Duplicate of the column "Betreff"/);
    expect(readHeader(['Titel', 'subject'])).toMatchObject({ unused: ['Titel'] });
  });

  test('several columns of attendees are one list', () => {
    const header = readHeader(['Required Attendees', 'Optional Attendees']);
    expect(toInput(header, ['a@x.org', 'b@x.org;c@x.org'])).toEqual({
      meeting: { participants: { attendees: 'a@x.org; b@x.org;c@x.org' } },
    });
  });
});

describe('dates and times', () => {
  test.each<[string, string, string]>([
    ['Subject;Date;Time', 'a;2030-12-03;18:00', '2030-12-03T17:00:00Z 2030-12-03T17:30:00Z'],
    ['Subject;Datum;Uhrzeit', 'a;25.12.2030;18:00', '2030-12-25T17:00:00Z 2030-12-25T17:30:00Z'],
    ['Subject;Date;Time', 'a;47820;0,75', '2030-12-03T17:00:00Z 2030-12-03T17:30:00Z'],
    [
      'Subject;Date;Time',
      'a;2030-12-03 00:00:00;6:00 PM',
      '2030-12-03T17:00:00Z 2030-12-03T17:30:00Z',
    ],
    [
      'Subject;Date;Time',
      'a;2030-12-03;1899-12-30T18:00:00',
      '2030-12-03T17:00:00Z 2030-12-03T17:30:00Z',
    ],
    [
      'Subject;Date;Start;End',
      'a;2030-12-03;18:00;18:45',
      '2030-12-03T17:00:00Z 2030-12-03T17:45:00Z',
    ],
    [
      'Subject;Start;End Time',
      'a;2030-12-03 18:00;18:45',
      '2030-12-03T17:00:00Z 2030-12-03T17:45:00Z',
    ],
    [
      'Subject;Start Date;Start Time;End Date;End Time',
      'a;12/25/2030;6:00:00 PM;12/25/2030;7:00:00 PM',
      '2030-12-25T17:00:00Z 2030-12-25T18:00:00Z',
    ],
    ['subject;startDateTime', 'a;47820,75', '2030-12-03T17:00:00Z 2030-12-03T17:30:00Z'],
    ['subject;startDateTime', 'a;25.12.2030 18:00', '2030-12-25T17:00:00Z 2030-12-25T17:30:00Z'],
    ['Subject;Start;Dauer', 'a;2030-12-03 18:00;1:30', '2030-12-03T17:00:00Z 2030-12-03T18:30:00Z'],
  ])('%s: %s', async (header, row, expected) => {
    expect(await timesOf(`${header}\n${row}\n`)).toEqual([expected]);
  });

  test.each<[string, string, string]>([
    ['Subject;Date', 'a;2030-12-03', 'invalidTime meeting.startDateTime'],
    ['Subject;Time', 'a;18:00', 'invalidTime meeting.startDateTime'],
    ['Subject;Date;Time', 'a;2030-12-03 17:00;18:00', 'invalidTime meeting.startDateTime'],
    ['Subject;Date;Time', 'a;01.02.2030;18:00', 'invalidTime meeting.startDateTime'],
    ['Subject;Date;Start;End', 'a;2030-12-03;18:00;17:00', 'endBeforeStart meeting.endDateTime'],
  ])('%s: %s is refused', async (header, row, problem) => {
    expect(await timesOf(`${header}\n${row}\n`)).toEqual([[problem]]);
  });

  test('in the order that the caller names', async () => {
    const sheet = 'Subject;Date;Time\na;01/02/2030;18:00\n';
    expect(await timesOf(sheet, { ...berlin, dateOrder: 'dmy' })).toEqual([
      '2030-02-01T17:00:00Z 2030-02-01T17:30:00Z',
    ]);
    expect(await timesOf(sheet, { ...berlin, dateOrder: 'mdy' })).toEqual([
      '2030-01-02T17:00:00Z 2030-01-02T17:30:00Z',
    ]);
  });
});

describe('rows', () => {
  test('begin after the header, which may have titles above it', async () => {
    const rows = await rowsOf('Parent evening 2030;;\n;;\nKlasse;Betreff;Beginn\n3a;a;x\n');
    expect(rows).toMatchObject([{ row: 4, input: { meeting: { subject: 'a' } } }]);
  });

  test.each([
    ['has no delimiter', 'Parent evening 2030'],
    ['has another delimiter', 'Parents, pupils, teachers'],
    ['has a quotation mark', 'Pupils,"3a and 3b'],
    ['is blank', ''],
    ['is the name of a column', 'Meeting'],
  ])('are found where the title above their header %s', async (_, title) => {
    const rows = await rowsOf(`${title}\nKlasse;Betreff;Beginn\n3a;a, b;x\n`);
    expect(rows).toMatchObject([{ row: 3, input: { meeting: { subject: 'a, b' } } }]);
  });

  test('are separated as the first row is, if no row has several known names', async () => {
    const rows = await rowsOf('Betreff;Klasse\na,b;3a\n');
    expect(rows).toMatchObject([{ row: 2, input: { meeting: { subject: 'a,b' } } }]);
  });

  test('begin below a row that groups the columns', async () => {
    const rows = await rowsOf('Termin;;Teilnehmer\nDatum;Uhrzeit;Betreff\n2030-01-15;14:00;a\n');
    expect(rows).toMatchObject([
      { row: 3, input: { meeting: { subject: 'a', startDateTime: '2030-01-15 14:00' } } },
    ]);
  });

  test('above the header are kept for the returned sheet, unless they are long', async () => {
    const table = 'Klasse;Betreff;Beginn\n3a;a;x\n';
    const formOf = async (text: string) => (await openCsv(Buffer.from(text), {}, readCsv)).csv;
    const above = [['Parent evening'], ['']];
    expect(await formOf(`Parent evening\n\n${table}`)).toMatchObject({ headerRow: 3, above });
    expect(await formOf(`sep=;\n${table}`)).not.toHaveProperty('above');
    const long = await formOf(`${'x'.repeat(8_000)}\n${table}`);
    expect(long).toMatchObject({ headerRow: 2, delimiter: ';' });
    expect(long).not.toHaveProperty('above');
  });

  test.each([
    [41, `a;b\n${'x;y\n'.repeat(39)}"open;y\n${'x;y\n'.repeat(17)}`],
    [2, 'a;b\n"open;y'],
    [3, 'a;b\n"two\nlines";y\n"open;y\n'],
    [3, 'sep=;\na;b\n"open;y\n'],
  ])('row %d has the open quotation mark', async (row, text) => {
    await expect(rowsOf(text.replace('a;b', 'subject;b'))).rejects.toThrow(
      `The body is not CSV: row ${row} cannot be read (a quotation mark is not closed).`,
    );
  });

  test('keep their names apart where a formula failed', async () => {
    const harness = new BatchHarness();
    const sheet =
      'requestId;subject;start\n#N/A;a;2030-12-03T18:00\n#N/A;b;2030-12-03T19:00\nr;c;2030-12-03T19:00\n';
    await harness.accept({ body: asBody(sheet), format: 'csv', defaults: berlin });
    expect(harness.batch).toMatchObject({ total: 3, rejected: 2 });
  });
});

describe('a sheet in which every row is wrong for one reason', () => {
  const submit = (sheet: string, defaults: object = {}) =>
    new BatchHarness().accept({ body: asBody(sheet), format: 'csv', defaults: { ...defaults } });

  test('is refused at once, naming column, reason and the columns that were not understood', async () => {
    const sheet =
      '"Subject","Start Date","Start Time","End Date","End Time","All day event","Meeting Organizer","Required Attendees","Location"\n' +
      '"Evening","12/1/2030","6:00:00 PM","12/1/2030","7:00:00 PM","False","Anna Berg","Ben Okafor;b@x.org","Room 1"\n' +
      '"Evening","12/1/2030","7:00:00 PM","12/1/2030","8:00:00 PM","False","Anna Berg","c@x.org","Room 1"\n';
    await expect(submit(sheet)).rejects.toMatchObject({
      code: 'invalidRequest',
      message:
        'Every row has the same problem: Start Date, Start Time: "12/1/2030 6:00:00 PM" is 2030-01-12 or 2030-12-01: day or month first? Set dateOrder to dmy or mdy, or use a format such as 2030-12-01T14:30:00. Unrecognized columns: "Location".',
      details: [
        { target: 'Start Date, Start Time' },
        { target: 'End Date, End Time' },
        { target: 'Meeting Organizer' },
      ],
    });
  });

  test('is taken when one row is right', async () => {
    const sheet =
      'subject;organizer;start\na;nobody;2030-12-03T18:00\nb;anna@contoso.com;2030-12-03T18:00\n';
    await expect(
      submit(sheet, { timeZone: 'Europe/Berlin', durationMinutes: 30 }),
    ).resolves.toMatchObject({ batch: { total: 2, rejected: 1 } });
  });
});

describe('a batch as JSON', () => {
  const rows = (body: unknown) =>
    [...(openJson(Buffer.from(JSON.stringify(body))).rows() as Iterable<InputRow>)].map(
      ({ input }) => input,
    );
  const request = { ...berlin, meeting: { subject: 'a', startDateTime: '2030-12-03T18:00' } };

  test('of events holds their requests', () => {
    expect(rows([{ id: '1', eventType: 'x', data: request }, request])).toEqual([request, request]);
  });

  test.each<[unknown, RegExp]>([
    [
      { specversion: '1.0', type: 'x', data: [request] },
      /^This is a CloudEvents event\. Send its content/,
    ],
    [{ body: [request] }, /^This is the outputs of a Logic Apps action/],
    [request, /^This is one request\. Send it to POST \/api\/createMeeting/],
    [{ requests: [request], more: 1 }, /^Only "requests" and "defaults" are allowed/],
  ])('%j is refused', (body, message) => {
    expect(() => rows(body)).toThrow(message);
  });
});

test('reading cells never throws, and reading the result again changes nothing', async () => {
  const cell = fc.oneof(
    anyText({ maxLength: 12 }),
    fc.constantFrom('#N/A', '0,75', '47820', '18:00', '2030-12-03', '25.12.2030', '1/2/2030', ''),
  );
  const header = ['Subject', 'Date', 'Time', 'Start', 'End', 'End Time', 'Dauer', 'Gäste', 'TZ'];
  await fc.assert(
    fc.asyncProperty(
      fc.array(cell, { minLength: header.length, maxLength: header.length }),
      async (cells) => {
        const text = [header, cells].map((row) => toRecord(row, ';')).join('');
        for (const { input } of await rowsOf(text, berlin)) {
          const parsed = parseMeetingRequest(input);
          if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
          else
            expect(parseMeetingRequest(parsed.request)).toEqual({
              ok: true,
              request: parsed.request,
            });
        }
      },
    ),
  );
});
