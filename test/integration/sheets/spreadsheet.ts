import { execFile, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** LibreOffice, if it is installed. */
export const program = ['soffice', 'libreoffice'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

/** A few seconds for each start of the program, more on a busy machine. */
export const maxWaitMs = 120_000;

/**
 * https://help.libreoffice.org/latest/en-US/text/shared/guide/csv_params.html: delimiter, quote, UTF-8, first row; numbers
 * and times are recognised, and formulas are evaluated, as in the dialog when a person opens the file.
 */
export const asOpened = (delimiter: string): string =>
  `CSV:${delimiter.charCodeAt(0)},34,76,1,,0,false,true,false,false,false,0,true`;
/** Saves cells as they are displayed. */
export const asSaved = (delimiter: string): string =>
  `csv:Text - txt - csv (StarCalc):${delimiter.charCodeAt(0)},34,76,1,,0,false,true`;

/** The program with its own profile and folder. */
export class Spreadsheet {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  write(name: string, content: string | Uint8Array): Promise<void> {
    return writeFile(join(this.#folder, name), content);
  }

  /** Opens a file, saves it in another format and returns the saved file. */
  async convert(name: string, form: string, openedAs?: string): Promise<string> {
    const [saved = ''] = await this.#saved([name], form, openedAs);
    return saved.toString('utf8');
  }

  /** The same with several files, for one start of the program. */
  convertAll(names: readonly string[], form: string): Promise<readonly Buffer[]> {
    return this.#saved(names, form);
  }

  async #saved(
    names: readonly string[],
    form: string,
    openedAs?: string,
  ): Promise<readonly Buffer[]> {
    const profile = pathToFileURL(join(this.#folder, 'profile')).href;
    const target = join(this.#folder, 'saved');
    await promisify(execFile)(
      program ?? '',
      [
        `-env:UserInstallation=${profile}`,
        '--headless',
        '--norestore',
        ...(openedAs === undefined ? [] : [`--infilter=${openedAs}`]),
        '--convert-to',
        form,
        '--outdir',
        target,
        ...names.map((name) => join(this.#folder, name)),
      ],
      { env: { ...process.env, LC_ALL: 'C.UTF-8' }, timeout: maxWaitMs },
    );
    const [extension = ''] = form.split(':');
    return Promise.all(
      names.map((name) => readFile(join(target, `${basename(name, extname(name))}.${extension}`))),
    );
  }
}
