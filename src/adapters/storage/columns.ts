/** A string property holds 64 KiB of UTF-16: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model */
const columnLength = 32_000;

/** A text split into columns, by column name. */
type TextColumns = Record<string, string>;

/** Splits a long ASCII text into as many columns as it needs: `name0`, `name1`, … Other text could be cut inside a character. */
export function toColumns(name: string, text: string): TextColumns {
  const count = Math.max(1, Math.ceil(text.length / columnLength));
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${name}${index}`,
      text.slice(index * columnLength, (index + 1) * columnLength),
    ]),
  );
}

/** Joins the text that `toColumns` has split. */
export function fromColumns(name: string, row: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (let index = 0; typeof row[`${name}${index}`] === 'string'; index += 1)
    text += String(row[`${name}${index}`]);
  return text;
}
