import type { CsvForm } from '../../batch';

/** In characters of JSON: they are stored in the row of the batch, which is written many times. */
const maxLength = 8_000;

/** The rows above the header, with titles and notes, for the sheet that is returned. Drops them if they are too long. */
export const rowsAbove = (above: NonNullable<CsvForm['above']>): Pick<CsvForm, 'above'> =>
  above.length > 0 && JSON.stringify(above).length <= maxLength ? { above } : {};
