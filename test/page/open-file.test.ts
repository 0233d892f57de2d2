import { NoSheet } from '../../page/src/sheet/read-text';
import { openFile, openPasted } from '../../page/src/sheet/open-file';
import { MissingPart, OpenQuote } from '../../page/src/sheet/opened-file';
import { loadedReaders } from '../support/page/loaded-readers';

const bytesOf = (...lines: readonly string[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(lines.join('\n'));

/** The texts of the cells. */
async function textsIn(bytes: Uint8Array<ArrayBuffer>): Promise<readonly (readonly string[])[]> {
  const { rowsOf, name } = await openFile('list.csv', bytes, loadedReaders);
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
    await expect(openFile('list.csv', bytesOf(...lines), loadedReaders)).rejects.toEqual(
      new OpenQuote(row),
    );
    await expect(openPasted('cells', lines.join('\n'), loadedReaders)).rejects.toMatchObject({
      row,
    });
  });
});

describe('the text of a file', () => {
  const texts = [
    ['Título', 'Début'],
    ['A€', '1'],
  ];
  const utf16 = [...Buffer.from('\uFEFFTítulo\tDébut\r\nA€\t1\r\n', 'utf16le')];
  const latin = 'T\xEDtulo;D\xE9but\nA\x80;1';

  test.each([
    ['UTF-8', [...Buffer.from('Título;Début\nA€;1')]],
    ['UTF-8 with a mark', [...Buffer.from('\uFEFFTítulo;Début\nA€;1')]],
    ['the character set of Western Europe', [...Buffer.from(latin, 'latin1')]],
    ['UTF-16, as Excel saves Unicode Text', utf16],
    ['UTF-16 with the other order of bytes', [...Buffer.from(utf16).swap16()]],
  ])('is read in %s', async (_encoding, bytes) => {
    expect(await textsIn(new Uint8Array(bytes))).toEqual(texts);
  });

  test.each([
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj;\n')],
    ['a picture', Buffer.from('\x89PNG\r\n\x1A\n\0\0\0\rIHDR', 'latin1')],
  ])('is not in %s, whatever its name says', async (_what, bytes) => {
    await expect(openFile('list.csv', new Uint8Array(bytes), loadedReaders)).rejects.toBeInstanceOf(
      NoSheet,
    );
  });
});

test('a reader that is no longer served is told apart from a file that cannot be read', async () => {
  const text = async (): Promise<never> => Promise.reject(new TypeError('Failed to fetch'));
  const opened = openFile('list.csv', bytesOf('Title;Room'), { ...loadedReaders, text });
  await expect(opened).rejects.toBeInstanceOf(MissingPart);
});
