import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { UsageError } from '../local/command-line';

/** Reads a file; `-` is standard input. @throws UsageError if it cannot be read. */
export async function readInput(file: string): Promise<{ readonly bytes: Buffer }> {
  if (file === '-') return { bytes: await buffer(process.stdin) };
  try {
    return { bytes: await readFile(file) };
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    throw new UsageError(code === 'ENOENT' ? `The file ${file} does not exist.` : message);
  }
}
