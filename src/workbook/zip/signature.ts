import { otherFormat } from '../workbook-error';

const oleSignature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

const zipSignature = [0x50, 0x4b, 0x03, 0x04];

/** How a workbook begins, or something else that is a zip archive; a CSV may begin with `PK` alone. */
export const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, zipSignature);

/** The container of Excel's format of before 2007, and of workbooks with a password. */
export const isCompoundFile = (bytes: Uint8Array): boolean => startsWith(bytes, oleSignature);

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

/** Names of streams in a compound file are UTF-16; that of an encrypted workbook is this one: [MS-OFFCRYPTO] 2.3.4. */
const encryptedStream = [...'EncryptedPackage'].flatMap((letter) => [letter.charCodeAt(0), 0]);

function hasEncryptedStream(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x45); at !== -1; at = bytes.indexOf(0x45, at + 1))
    if (encryptedStream.every((byte, index) => bytes[at + index] === byte)) return true;
  return false;
}

/** What a file is that is no .xlsx workbook, as far as its first bytes tell. */
export function refuseOtherFile(bytes: Uint8Array): void {
  if (isZip(bytes)) return;
  if (!isCompoundFile(bytes)) throw otherFormat('another kind of file');
  throw hasEncryptedStream(bytes)
    ? otherFormat(
        'a workbook with a password',
        'Remove the password (File, Info, Protect Workbook, Encrypt with Password: leave it empty), save, and send it again.',
      )
    : otherFormat('a workbook of before 2007 (.xls)');
}
