import type { TimeForm } from './serial';
import { parseWholeXml } from '../xml';

/** The parts of a cell's format that change its text. */
export interface CellStyle {
  readonly time: TimeForm;
  /** Minimum number of digits of a whole number, as in `0000`; otherwise 1. */
  readonly digits: number;
}

const plain: CellStyle = { time: 'none', digits: 1 };

/**
 * Formats that a workbook names only by number: ECMA-376 part 1, 18.8.30. 27 to 36 and 50 to 58 are East Asian dates;
 * which of them are times depends on the language.
 */
const builtIn = new Map<number, TimeForm>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map(
    (id): [number, TimeForm] => [id, 'date'],
  ),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 55, 56].map((id): [number, TimeForm] => [id, 'time']),
  [22, 'dateTime'],
  ...[45, 46, 47].map((id): [number, TimeForm] => [id, 'span']),
]);

/** Parts of a format that are not part of a date: texts, escaped letters, padding, colours, conditions and locales. */
const notDate = /"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi;

/** The style of a number format: ECMA-376 part 1, 18.8.31. */
export function styleOfFormat(code: string): CellStyle {
  const [first = ''] = code
    .replaceAll(notDate, '')
    .replaceAll(/general/gi, '')
    .split(';');
  if (/\[(h+|m+|s+)\]/i.test(first)) return { ...plain, time: 'span' };
  // Without hours or seconds, m is a month. "e" and "g" are East Asian years and eras.
  const hasTime = /[hs]|am\/pm|a\/p/i.test(first);
  const hasDate = /[ydg]|e(?![+-])/i.test(first) || (!hasTime && /m/i.test(first));
  if (hasDate) return { ...plain, time: hasTime ? 'dateTime' : 'date' };
  if (hasTime) return { ...plain, time: 'time' };
  return /^0+$/.test(first) ? { ...plain, digits: first.length } : plain;
}

/** The styles that cells refer to by number. */
export function readStyles(part: string, text: string): readonly CellStyle[] {
  const formats = new Map<number, CellStyle>();
  const styles: CellStyle[] = [];
  let isCellStyles = false;
  parseWholeXml(part, text, {
    open({ name, attributes }) {
      const id = Number(attributes['numFmtId']);
      if (name === 'numFmt') formats.set(id, styleOfFormat(attributes['formatCode'] ?? ''));
      else if (name === 'cellXfs') isCellStyles = true;
      else if (name === 'xf' && isCellStyles)
        styles.push(formats.get(id) ?? { ...plain, time: builtIn.get(id) ?? 'none' });
    },
    close(name) {
      if (name === 'cellXfs') isCellStyles = false;
    },
  });
  return styles;
}
