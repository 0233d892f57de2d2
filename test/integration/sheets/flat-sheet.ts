/**
 * Sheets as flat OpenDocument XML, which spreadsheet programs read and write:
 * https://docs.oasis-open.org/office/OpenDocument/v1.3/os/part3-schema/
 */
const namespaces = ['office', 'style', 'table', 'text']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .concat('xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"')
  .join(' ');

/** Times shown as ISO 8601 has them. */
const styles = `<office:automatic-styles>
  <number:date-style style:name="iso"><number:year number:style="long"/><number:text>-</number:text><number:month
    number:style="long"/><number:text>-</number:text><number:day number:style="long"/><number:text>T</number:text><number:hours
    number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/><number:text>:</number:text><number:seconds
    number:style="long"/></number:date-style>
  <style:style style:name="time" style:family="table-cell" style:data-style-name="iso"/>
</office:automatic-styles>`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const paragraphs = (text: string): string =>
  text
    .split('\n')
    .map((line) => `<text:p>${escaped(line).replace(/^ /, '<text:s/>')}</text:p>`)
    .join('');

/** Returns a cell that holds text, whatever it looks like. */
export const textCell = (text: string): string =>
  `<table:table-cell office:value-type="string">${paragraphs(text)}</table:table-cell>`;

/** Returns a cell that holds a number. */
export const numberCell = (value: number): string =>
  `<table:table-cell office:value-type="float" office:value="${value}"/>`;

/** A real time, not a text that looks like one. */
export const dateCell = (time: string): string =>
  `<table:table-cell table:style-name="time" office:value-type="date" office:date-value="${time}"/>`;

/** Returns a flat OpenDocument spreadsheet (.fods) with these rows of cells. */
export const flatSheet = (rows: readonly (readonly string[])[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${namespaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
${styles}
<office:body><office:spreadsheet><table:table table:name="Sheet">
${rows.map((cells) => `<table:table-row>${cells.join('')}</table:table-row>`).join('\n')}
</table:table></office:spreadsheet></office:body></office:document>`;

const unescaped = (xml: string): string =>
  xml
    .replaceAll(/<text:s(?: text:c="(\d+)")?\/>/g, (_, count: string | undefined) =>
      ' '.repeat(Number(count ?? 1)),
    )
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

const textIn = (xml: string): string =>
  [...xml.matchAll(/<text:p(?:\/>|[^>]*>(.*?)<\/text:p>)/gs)]
    .map(([, line = '']) => unescaped(line))
    .join('\n');

function* cellsIn(row: string): Generator<string> {
  const cells = row.matchAll(/<table:table-cell\b([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs);
  for (const [, attributes = '', content = ''] of cells) {
    const [, repeated = '1'] = /number-columns-repeated="(\d+)"/.exec(attributes) ?? [];
    // A row is padded to the end of the sheet.
    if (Number(repeated) > 100) return;
    for (let count = 0; count < Number(repeated); count += 1) yield textIn(content);
  }
}

/** The displayed text of cells, and their formulas. */
export function cellsOf(xml: string): {
  readonly rows: readonly (readonly string[])[];
  readonly formulas: readonly string[];
} {
  const rows = [...xml.matchAll(/<table:table-row\b.*?<\/table:table-row>/gs)].map(([row]) => [
    ...cellsIn(row),
  ]);
  return {
    rows: rows.filter((cells) => cells.some((cell) => cell !== '')),
    formulas: [...xml.matchAll(/table:formula="([^"]*)"/g)].map(([, formula = '']) => formula),
  };
}
