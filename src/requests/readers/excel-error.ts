/**
 * Errors that do not end with a mark, in the languages of Excel:
 * https://support.microsoft.com/office/how-to-correct-a-n-a-error
 */
const plainErrors = new Set([
  '#N/A',
  '#NV',
  '#N/D',
  '#N/B',
  '#I/T',
  '#Н/Д',
  '#YOK',
  '#SAKNAS',
  '#PUUTTUU',
  '#HIÁNYZIK',
  '#NENÍ_K_DISPOZICI',
  '#REFERENS',
  '#GETTING_DATA',
  '#DATEN_ABRUFEN',
  '#OBTENIENDO_DATOS',
  '#OBTENDO_DADOS',
]);

/** All others, in any language: `#REF!`, `#BEZUG!`, `#¡VALOR!`, `#DIV/0!`, `#NAME?`. */
const markedError = /^#[¡¿]?[\p{Lu}\d/_]{2,30}[!?]$/u;

/** Whether a text is an error that Excel shows for a failed formula. */
export function isExcelError(value: unknown): value is string {
  if (typeof value !== 'string' || !value.includes('#') || value.length > 40) return false;
  const text = value.normalize('NFC').trim().toUpperCase();
  return plainErrors.has(text) || markedError.test(value.normalize('NFC').trim());
}

/** Explains a cell with an error such as `#N/A`. */
export const excelErrorMessage = (text: string): string =>
  `The cell contains the Excel error ${text.trim()} because its formula has no valid result.`;
