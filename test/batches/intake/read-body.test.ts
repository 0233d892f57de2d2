import fc from 'fast-check';
import { readCsv } from '../../../src/adapters/csv';
import type { InputRow } from '../../../src/batches/intake/body';
import {
  columnOf,
  readHeader,
  toDefaults,
  toInput,
} from '../../../src/batches/intake/sheet/csv-header';
import { merge, withDefaults } from '../../../src/batches/intake/defaults';
import { openCsv } from '../../../src/batches/intake/sheet/read-csv';
import { openJson } from '../../../src/batches/intake/read-json';
import { fromCell, toCell, toRecord } from '../../../src/batches/results/csv-cell';

const csvRows = async (text: string | Uint8Array): Promise<InputRow[]> => {
  const rows: InputRow[] = [];
  const body = await openCsv(Buffer.from(text), {}, readCsv);
  for await (const row of body.rows()) rows.push(row);
  return rows;
};

const jsonRows = (text: string): unknown[] =>
  [...(openJson(Buffer.from(text)).rows() as Iterable<InputRow>)].map(({ input }) => input);

describe('a batch as JSON', () => {
  test('is split into the rows that JSON.parse sees, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(3), (given, spaces) => {
        // JSON has no negative zero.
        const rows = JSON.parse(JSON.stringify(given)) as unknown[];
        expect(jsonRows(JSON.stringify(rows, undefined, spaces))).toEqual(rows);
        expect(jsonRows(JSON.stringify({ requests: rows }, undefined, spaces))).toEqual(rows);
      }),
    );
  });

  test('is refused wherever it is cut off', () => {
    const text = JSON.stringify({ defaults: { a: '"}]' }, requests: [{ a: 'x\\' }, [1, 'é']] });
    const bytes = Buffer.from(text);
    for (let length = 0; length < bytes.length; length += 1) {
      const rows = (): unknown[] => [
        ...(openJson(bytes.subarray(0, length)).rows() as Iterable<InputRow>),
      ];
      expect(rows).toThrow(/is not JSON|must be a list/);
    }
  });

  test('may begin with a byte order mark', () => {
    expect(jsonRows('\uFEFF[1]')).toEqual([1]);
  });

  const deep = `${'['.repeat(70)}${']'.repeat(70)}`;

  test('has wrong rows where they are too large, too deep or have a name twice', () => {
    const body = openJson(Buffer.from(`[${deep},"${'x'.repeat(1_100_000)}",{"a":1,"a":2},1]`));
    const rows = [...(body.rows() as Iterable<InputRow>)];
    expect(rows.map(({ problems }) => problems?.[0]?.code)).toEqual([
      'tooDeep',
      'tooLong',
      'conflicting',
      undefined,
    ]);
  });

  test.each([
    ['two lists of requests', '{"requests":[1],"requests":[2]}', /^The body has "requests" twice/],
    ['defaults twice', '{"defaults":{},"defaults":{},"requests":[1]}', /"defaults" twice/],
    ['a default twice', '{"defaults":{"a":1,"a":2},"requests":[1]}', /"a" occurs twice/],
    ['defaults too deep', `{"defaults":{"a":${deep}},"requests":[1]}`, /more than 64 levels/],
  ])('is refused with %s', (_what, text, message) => {
    expect(() => jsonRows(text)).toThrow(message);
  });
});

describe('a batch as CSV', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '"', ';', ',', '\t', '\n', '\r\n', ' ', '=', '🎓'),
  });

  test.each([';', ',', '\t'])('written with %j reads back as it was', async (delimiter) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1 }), async (rows) => {
        const header = ['subject', 'Own column'];
        const safe = rows.map((cells) => [...cells.map((text) => `x${text}`)]);
        const text = [header, ...safe].map((cells) => toRecord(cells, delimiter)).join('');
        expect((await csvRows(text)).map(({ cells }) => cells)).toEqual(safe);
      }),
      { numRuns: 30 },
    );
  });

  test.each<[string, string, object]>([
    [
      'semicolons',
      'organizer;subject\na@x.org;b, c\n',
      { organizer: 'a@x.org', meeting: { subject: 'b, c' } },
    ],
    [
      'commas',
      'organizer,subject\na@x.org,b;c\n',
      { organizer: 'a@x.org', meeting: { subject: 'b;c' } },
    ],
    [
      'tabs',
      'organizer\tsubject\na@x.org\tb\n',
      { organizer: 'a@x.org', meeting: { subject: 'b' } },
    ],
    [
      'a mark and CRLF',
      '\uFEFForganizer;subject\r\na@x.org;b\r\n',
      { organizer: 'a@x.org', meeting: { subject: 'b' } },
    ],
    [
      'Excel’s sep line',
      'sep=;\r\norganizer;subject\r\na@x.org;b\r\n',
      { organizer: 'a@x.org', meeting: { subject: 'b' } },
    ],
    ['one column', 'subject\nb\n', { meeting: { subject: 'b' } }],
    [
      'a quoted delimiter in the header',
      '"subject";"own, and, more"\nb;c\n',
      { meeting: { subject: 'b' } },
    ],
    ['no line feed at the end', 'subject\nb', { meeting: { subject: 'b' } }],
  ])('with %s', async (_name, text, input) => {
    expect(await csvRows(text)).toMatchObject([{ input }]);
  });

  test('counts rows as the sheet does, blank ones too', async () => {
    expect(
      (await csvRows('subject,organizer\na,\n\n,\n"two\nlines",\nb,\n')).map(({ row }) => row),
    ).toEqual([2, 5, 6]);
    expect((await csvRows('sep=,\nsubject\na\n')).map(({ row }) => row)).toEqual([3]);
  });

  test('has a wrong row where there are more cells than columns', async () => {
    expect(await csvRows('subject,organizer\na,b,c\nd\n')).toMatchObject([
      { row: 2, problems: [{ code: 'tooMany' }] },
      { row: 3, input: { meeting: { subject: 'd' } } },
    ]);
  });
});

describe('a header', () => {
  test.each<[string, string]>([
    ['organizer', 'organizer'],
    ['ORGANIZER ', 'organizer'],
    ['subject', 'meeting.subject'],
    ['meeting.subject', 'meeting.subject'],
    ['lobbyBypassSettings.scope', 'meeting.lobbyBypassSettings.scope'],
    ['meeting.lobbyBypassSettings.scope', 'meeting.lobbyBypassSettings.scope'],
    ['attendees', 'meeting.participants.attendees'],
    ['participants.attendees', 'meeting.participants.attendees'],
    ['start', 'meeting.startDateTime'],
  ])('%s means %s', (name, path) => {
    const header = readHeader([name, 'Own']);
    const input = toInput(header, ['value', 'other']);
    expect(input).toEqual(
      path.split('.').reduceRight<unknown>((value, part) => ({ [part]: value }), 'value'),
    );
    expect(columnOf(header, `${path}[3].upn`)).toBe(name);
  });

  test.each([
    '__proto__',
    'constructor',
    'meeting.prototype.x',
    'organzier',
    'meeting.joinWebUrl',
    'meeting.x',
    'subject.x',
  ])('%s is refused', (name) => {
    expect(() => readHeader(['subject', name])).toThrow(/header row is not valid/);
  });

  test.each(['Student number', '', 'status', 'joinWebUrl', 'errorCode', 'Raum', 'a.b'])(
    '%j is the caller’s own',
    (name) => {
      expect(readHeader(['subject', name]).columns).toHaveLength(1);
    },
  );

  test('of any kind never reaches a prototype', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('subject', '__proto__', 'constructor.x'))),
        (names) => {
          try {
            toInput(
              readHeader(names),
              names.map(() => 'polluted'),
            );
          } catch {
            // Refused, which is fine.
          }
          expect(Object.values(Object.prototype)).toEqual([]);
        },
      ),
    );
  });

  test('names can be defaults in a query, where other names are left alone', () => {
    expect(
      toDefaults([
        ['organizer', 'a@x.org'],
        ['code', 'secret'],
        ['lobbyBypassSettings.scope', 'everyone'],
        ['requestId', 'x'],
        ['language', ''],
      ]),
    ).toEqual({
      organizer: 'a@x.org',
      meeting: { lobbyBypassSettings: { scope: 'everyone' } },
    });
  });
});

describe('defaults', () => {
  test.each<[string, unknown, object, unknown]>([
    [
      'absent values give way',
      { organizer: '', language: null },
      { organizer: 'a', language: 'de' },
      { organizer: 'a', language: 'de' },
    ],
    [
      'false and 0 do not',
      { meeting: { a: false, b: 0 } },
      { meeting: { a: true, b: 1 } },
      { meeting: { a: false, b: 0 } },
    ],
    [
      'lists are not mixed',
      { meeting: { list: [1] } },
      { meeting: { list: [2, 3] } },
      { meeting: { list: [1] } },
    ],
    ['a row that is no object stays', 7, { organizer: 'a' }, 7],
    [
      'an end goes before a default duration',
      { meeting: { endDateTime: 'x' } },
      { durationMinutes: 30 },
      { meeting: { endDateTime: 'x' } },
    ],
    [
      'a duration goes before a default end',
      { durationMinutes: 5 },
      { meeting: { endDateTime: 'x', subject: 's' } },
      { durationMinutes: 5, meeting: { subject: 's' } },
    ],
  ])('%s', (_name, row, defaults, expected) => {
    expect(withDefaults(row, { ...defaults })).toEqual(expected);
  });

  test('keep __proto__ a name', () => {
    const row = JSON.parse('{"__proto__":{"organizer":"x"},"a":{"__proto__":1}}') as Record<
      string,
      unknown
    >;
    const merged = merge({ a: {}, b: 1 }, row);
    expect(Object.keys(merged)).toEqual(['a', 'b', '__proto__']);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  });
});

describe('a cell', () => {
  test.each<[string, string]>([
    ['plain', 'plain'],
    ['=1+1', "'=1+1"],
    ['+351 21', "'+351 21"],
    ['-5', "'-5"],
    ['@sum', "'@sum"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['a"b', '"a""b"'],
    ['a,b', '"a,b"'],
    ['=a,"b"', '"\'=a,""b"""'],
    ["'=1", "'=1"],
    ['', ''],
  ])('%j is written as %j', (text, written) => {
    expect(toCell(text, ',')).toBe(written);
  });

  test.each([
    ["'-17", '-17'],
    ["'=1+1", '=1+1'],
    ["' ＝1", ' ＝1'],
    ["'\t1", '\t1'],
    ["''=1", "''=1"],
    ["'twas", "'twas"],
    ['-17', '-17'],
    ['', ''],
  ])('%j says %j', (cell, said) => {
    expect(fromCell(cell)).toBe(said);
  });

  test('of a sheet of results is the same request when it is sent again', async () => {
    const body = await openCsv(
      Buffer.from("requestId;subject;note\n'-17;'=Evening;'+1\n"),
      {},
      readCsv,
    );
    const rows = [];
    for await (const row of body.rows()) rows.push(row);
    expect(rows).toEqual([
      {
        row: 2,
        input: { requestId: '-17', meeting: { subject: '=Evening' } },
        cells: ["'-17", "'=Evening", "'+1"],
      },
    ]);
  });
});
