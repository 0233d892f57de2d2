import { isCompoundFile, isZip } from '../../../src/workbook/zip/signature';
import { EmptyFile, MissingPart, type OpenedFile } from './opened-file';
import { readText } from './read-text';

type Read<Content> = (name: string, content: Content, fingerprint: string) => OpenedFile;

/** Load the code that reads a kind of file. Reject if it cannot be fetched. */
export interface Readers {
  readonly workbook: () => Promise<Read<Uint8Array>>;
  readonly text: () => Promise<Read<string>>;
}

/** Opens a chosen or dropped file. @throws EmptyFile, MissingPart, NoSheet, OpenQuote, WorkbookError */
export async function openFile(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  readers: Readers,
): Promise<OpenedFile> {
  if (bytes.length === 0) throw new EmptyFile();
  const fingerprint = await fingerprintOf(bytes);
  if (isZip(bytes) || isCompoundFile(bytes) || /\.xls[xmb]?$/i.test(name))
    return (await loaded(readers.workbook))(name, bytes, fingerprint);
  const text = readText(bytes);
  return (await loaded(readers.text))(name, text, fingerprint);
}

/** Opens cells copied from a spreadsheet, separated by tabs. @throws EmptyFile, MissingPart, OpenQuote */
export async function openPasted(
  name: string,
  text: string,
  readers: Readers,
): Promise<OpenedFile> {
  if (text.trim() === '') throw new EmptyFile();
  const fingerprint = await fingerprintOf(new TextEncoder().encode(text));
  return (await loaded(readers.text))(name, text, fingerprint);
}

async function loaded<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch {
    throw new MissingPart();
  }
}

async function fingerprintOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
