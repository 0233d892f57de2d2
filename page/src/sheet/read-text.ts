/** The error of a file that is neither a workbook nor text. */
export class NoSheet extends Error {}

/** The marks at the beginning of a text in UTF-16: https://www.unicode.org/faq/utf_bom.html */
const marks = [
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

/** PDF, which may consist of characters, and characters that no text has. */
const otherFormat = /^%PDF-|\0/;

/** Reads the text of a file. @throws NoSheet if the file is not text, whatever its name says. */
export function readText(bytes: Uint8Array<ArrayBuffer>): string {
  const text = decode(bytes);
  if (otherFormat.test(text)) throw new NoSheet();
  return text;
}

/**
 * Excel saves "Unicode Text" in UTF-16, and "CSV" in the character set of the country. If the text has no mark and is not
 * UTF-8, assumes that of Western Europe.
 */
function decode(bytes: Uint8Array<ArrayBuffer>): string {
  const marked = marks.find((mark) => mark.bytes.every((byte, place) => bytes[place] === byte));
  if (marked !== undefined) return new TextDecoder(marked.encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
