import { openFile, openPasted, OpenQuote } from '../../page/src/sheet/open-file';

const bytesOf = (...lines: readonly string[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(lines.join('\n'));

/** The texts of the cells. */
async function textsIn(bytes: Uint8Array<ArrayBuffer>): Promise<readonly (readonly string[])[]> {
  const { rowsOf, name } = await openFile('list.csv', bytes);
  return rowsOf(name).map(({ cells }) => cells.map(({ text }) => text));
}

describe('a quotation mark', () => {
  test('that is closed lets a cell contain anything', async () => {
    expect(await textsIn(bytesOf('Title;Room', '"A; ""B""\nC";12'))).toEqual([
      ['Title', 'Room'],
      ['A; "B"\nC', '12'],
    ]);
  });

  test.each([
    ['is never closed', 4, ['Title;Room', 'A;1', 'B;2', '"C;3', 'D;4']],
    ['is closed rows later', 3, ['Title;Room', 'A;1', '"B 12" wide;2', 'C;3', '"D;4', 'E;5']],
    ['is closed before the end of its cell', 2, ['Title;Room', 'A;"B 12" wide', '"C";3']],
    ['is below the line that names the delimiter', 3, ['sep=;', 'Title;Room', '"A;1', 'B;2']],
  ])('that %s is refused with its row', async (_what, row, lines) => {
    await expect(openFile('list.csv', bytesOf(...lines))).rejects.toEqual(new OpenQuote(row));
    await expect(openPasted('cells', lines.join('\n'))).rejects.toMatchObject({ row });
  });
});
