import type { TimeForm } from './serial';
import { parseWholeXml } from '../xml';

/** How the cells of a workbook are shown, as far as it changes what they say. */
export interface CellStyle {
  readonly time: TimeForm;
  /** Digits that a whole number is filled up to with zeros, as in `0000`; 1 for others. */
  readonly digits: number;
}

const plain: CellStyle = { time: 'none', digits: 1 };

/**
 * Formats that a workbook names by number only: ECMA-376 part 1, 18.8.30. Those of 27 to 36 and 50 to 58 are dates of East
 * Asia; which of them are times differs by language.
 */
const builtIn = new Map<number, TimeForm>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map(
    (id): [number, TimeForm] => [id, 'date'],
  ),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 55, 56].map((id): [number, TimeForm] => [id, 'time']),
  [22, 'dateTime'],
  ...[45, 46, 47].map((id): [number, TimeForm] => [id, 'span']),
]);

/** Texts, escaped letters, padding, colours, conditions and locales in a format: none of them is a part of a date. */
const notDate = /"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi;

/** What a number format shows: ECMA-376 part 1, 18.8.31. */
export function styleOfFormat(code: string): CellStyle {
  const [first = ''] = code
    .replaceAll(notDate, '')
    .replaceAll(/general/gi, '')
    .split(';');
  if (/\[(h+|m+|s+)\]/i.test(first)) return { ...plain, time: 'span' };
  // An m is a month where there is no hour or second; "e" and "g" are years and eras of East Asia.
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
