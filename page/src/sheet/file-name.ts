/** Added to the name of a downloaded sheet, to say that it has links. */
const addition = ' – Teams';
/** Additions of earlier downloads. A browser numbers a second download. */
const earlierAdditions = /(?: – Teams(?: ?\(\d+\))?)+$/;

/** The file name of a downloaded sheet: that of the sheet, with an addition. */
export function sheetNameFor(fileName: string, format: 'xlsx' | 'csv'): string {
  const { base, extension } = partsOf(fileName);
  const isSame = format === 'xlsx' ? /^\.xl/i.test(extension) : /^\.csv$/i.test(extension);
  return `${base}${addition}${isSame ? extension : `.${format}`}`;
}

/** The file name of the results of a change, which is called after the sheet that it changes: `dd.csv: row 2`. */
export const resultsNameFor = (name: string): string =>
  `${name.replaceAll(/(?:\.\w{2,4})?: /g, ' – ')}.csv`;

/** Whether two files are probably the same sheet, perhaps changed. A browser numbers a second download of any file. */
export const haveSameName = (one: string, other: string): boolean =>
  withoutNumber(partsOf(one).base) === withoutNumber(partsOf(other).base);

const withoutNumber = (base: string): string => base.replace(/ ?\(\d+\)$/, '');

/** The name without earlier additions, and its extension. */
function partsOf(fileName: string): { readonly base: string; readonly extension: string } {
  const [, name = fileName, extension = ''] = /^(.+?)(\.\w{2,4})$/.exec(fileName) ?? [];
  return { base: name.replace(earlierAdditions, ''), extension };
}
