import { isCompoundFile, isZip } from '../../../src/workbook/zip/signature';
import { EmptyFile, MissingPart, type OpenedFile } from './opened-file';
import { readText } from './read-text';

/** Opens a chosen or dropped file. @throws EmptyFile, MissingPart, NoSheet, OpenQuote, WorkbookError */
export async function openFile(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<OpenedFile> {
  if (bytes.length === 0) throw new EmptyFile();
  const fingerprint = await fingerprintOf(bytes);
  if (isZip(bytes) || isCompoundFile(bytes) || /\.xls[xmb]?$/i.test(name)) {
    const { openWorkbook } = await load(import('./open-workbook'));
    return openWorkbook(name, bytes, fingerprint);
  }
  return openDecoded(name, readText(bytes), fingerprint);
}

/** Opens cells copied from a spreadsheet, separated by tabs. @throws EmptyFile, MissingPart, OpenQuote */
export async function openPasted(name: string, text: string): Promise<OpenedFile> {
  if (text.trim() === '') throw new EmptyFile();
  return openDecoded(name, text, await fingerprintOf(new TextEncoder().encode(text)));
}

async function openDecoded(name: string, text: string, fingerprint: string): Promise<OpenedFile> {
  const { openText } = await load(import('./open-text'));
  return openText(name, text, fingerprint);
}

/** The two readers are most of the page's code, and a visit needs only one of them. */
async function load<Part>(part: Promise<Part>): Promise<Part> {
  try {
    return await part;
  } catch {
    throw new MissingPart();
  }
}

async function fingerprintOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
