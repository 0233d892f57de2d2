import { access, constants, readFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { UsageError } from '../local/command-line';
import { workbookTypes } from '../src/batches/workbook-type';

const sheetTypes = new Map([
  ...Object.entries(workbookTypes).map(([name, type]) => [`.${name}`, type] as const),
  ['.csv', 'text/csv'],
  ['.tsv', 'text/csv'],
]);

const extensionOf = (file: string): string => extname(file).toLowerCase();

/** Whether the name of the file is that of a workbook or a CSV. */
export const isSheet = (file: string): boolean => sheetTypes.has(extensionOf(file));

/** The media type by the name of the file; undefined if that does not tell. */
export const typeOf = (file: string): string | undefined =>
  extensionOf(file) === '.json' ? 'application/json' : sheetTypes.get(extensionOf(file));

/** Reads a file; `-` is standard input. @throws UsageError if it cannot be read. */
export async function readInput(file: string): Promise<{ readonly bytes: Buffer }> {
  if (file === '-') return { bytes: await buffer(process.stdin) };
  try {
    return { bytes: await readFile(file) };
  } catch (thrown) {
    throw new UsageError(whyUnreadable(file, thrown as NodeJS.ErrnoException));
  }
}

function whyUnreadable(file: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `The file ${file} does not exist.`;
  return code === 'EISDIR' ? `${file} is a folder. Specify a file.` : message;
}

/** How messages name a file that was read. */
export const nameOfInput = (file: string): string => (file === '-' ? 'Standard input' : file);

/** Reads a JSON file; `-` is standard input. @throws UsageError if it cannot be read, or is not JSON. */
export async function readJson(file: string): Promise<unknown> {
  const { bytes } = await readInput(file);
  try {
    // Without the byte order mark that Windows programs write.
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (thrown) {
    throw new UsageError(`${nameOfInput(file)} is not JSON: ${(thrown as Error).message}`);
  }
}

/** Checks the place of a file to be written. @throws UsageError if its folder cannot be written. */
export async function checkFolder(file: string): Promise<void> {
  const folder = dirname(file);
  try {
    await access(folder, constants.W_OK);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? 'does not exist' : 'cannot be written';
    throw new UsageError(`--out ${file}: the folder ${folder} ${problem}.`);
  }
}
