import { strToU8, Zip, ZipDeflate, type ZipInputFile } from 'fflate';
import type { ZipEntry } from './zip-directory';

/** A new or rewritten part. */
export interface NewPart {
  readonly name: string;
  readonly text: string;
}

/** Modification time of every part, so that equal content gives equal bytes. In local time, as in every zip archive. */
const modified = new Date(2000, 0, 1);

/** A zip archive of these parts in this order. Parts of another archive are copied without inflating. */
export function writeZip(parts: readonly (ZipEntry | NewPart)[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for (const part of parts) {
    if ('text' in part) addText(zip, part);
    else copyEntry(zip, part);
  }
  zip.end();
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function addText(zip: Zip, { name, text }: NewPart): void {
  const file = new ZipDeflate(name);
  file.mtime = modified;
  zip.add(file);
  file.push(strToU8(text), true);
}

function copyEntry(zip: Zip, { name, size, crc, method, compressed }: ZipEntry): void {
  const file: ZipInputFile = { filename: name, size, crc, compression: method, mtime: modified };
  zip.add(file);
  // The type excludes shared memory, which is not used here.
  file.ondata?.(null, compressed as Uint8Array<ArrayBuffer>, true);
}
