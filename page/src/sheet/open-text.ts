import { parse } from 'papaparse';
import { delimiters, possibleDelimiters } from '../../../src/batches/intake/sheet/delimiters';
import type { SheetRow } from '../../../src/workbook/read/sheet-rows';
import { maxRowsAbove } from '../columns/matching/headings';
import { isKnownName } from '../columns/matching/known-names';
import { OpenQuote, type OpenedFile } from './opened-file';

/** Excel's line above the headings that names the delimiter. */
const separatorLine = /^\uFEFF?sep=.\r?\n/;
/** The parser takes an empty last line for a row with one cell, and in a short text does not find the delimiter. */
const lastLineEnds = /[\r\n]+$/;

/** Opens CSV or tab-separated text, with its name and the fingerprint of its content. @throws OpenQuote */
export function openText(name: string, text: string, fingerprint: string): OpenedFile {
  const sheet = text.replace(separatorLine, '').replace(lastLineEnds, '');
  const { data, errors, meta } = parse<readonly string[]>(sheet, {
    delimiter: delimiterOf(text, sheet),
    delimitersToGuess: [...delimiters],
  });
  const firstRow = separatorLine.test(text) ? 2 : 1;
  // Such a cell would contain the rows below it.
  const wrong = errors.find(({ type }) => type === 'Quotes');
  if (wrong !== undefined) throw new OpenQuote(firstRow + (wrong.row ?? 0));
  const rows = toRows(data, firstRow);
  const delimiter = delimiters.find((each) => each === meta.delimiter) ?? ',';
  return { name, delimiter, fingerprint, sheets: [{ name, isHidden: false }], rowsOf: () => rows };
}

/**
 * The delimiter that is named, or gives headings of several known names: a title above them may have another. Empty for
 * the parser's guess, if the headings are the person's own.
 */
function delimiterOf(text: string, sheet: string): string {
  const { candidates } = possibleDelimiters(text);
  const [named, other] = candidates;
  if (other === undefined) return named;
  return candidates.find((delimiter) => hasKnownHeadings(sheet, delimiter)) ?? '';
}

const hasKnownHeadings = (sheet: string, delimiter: string): boolean =>
  parse<readonly string[]>(sheet, { delimiter, preview: maxRowsAbove }).data.some(
    (cells) => cells.filter(isKnownName).length > 1,
  );

const toRows = (records: readonly (readonly string[])[], firstRow: number): readonly SheetRow[] =>
  records.flatMap((record, index) => {
    const cells = record.flatMap((cell, place) =>
      cell.trim() === '' ? [] : [{ column: place + 1, kind: 'text' as const, text: cell }],
    );
    return cells.length === 0 ? [] : [{ row: index + firstRow, cells }];
  });
