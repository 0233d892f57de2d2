/** Added to the name of a downloaded sheet, to say that it has links. A browser numbers a second download. */
const addition = ' – Teams';
const earlierAdditions = / – Teams(?: ?\(\d+\))?$/;

/** The file name of a downloaded sheet: that of the sheet, with an addition. */
export function sheetNameFor(fileName: string, format: 'xlsx' | 'csv'): string {
  const [, base = fileName, extension = ''] = /^(.+?)(\.\w{2,4})$/.exec(fileName) ?? [];
  const isSame = format === 'xlsx' ? /^\.xl/i.test(extension) : /^\.csv$/i.test(extension);
  return `${withoutAdditions(base)}${addition}${isSame ? extension : `.${format}`}`;
}

function withoutAdditions(base: string): string {
  const shorter = base.replace(earlierAdditions, '');
  return shorter === base ? base : withoutAdditions(shorter);
}

/** The file name of the results of a change, which is called after the sheet that it changes: `dd.csv: row 2`. */
export const resultsNameFor = (name: string): string =>
  `${name.replaceAll(/(?:\.\w{2,4})?: /g, ' – ')}.csv`;
