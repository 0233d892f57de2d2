import { otherFormat } from '../workbook-error';

const oleSignature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

const zipSignature = [0x50, 0x4b, 0x03, 0x04];

/** Whether the bytes begin a zip archive, such as a workbook. A CSV may begin with `PK` alone. */
export const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, zipSignature);

/** Whether the bytes begin a compound file: Excel's format before 2007, and workbooks with a password. */
export const isCompoundFile = (bytes: Uint8Array): boolean => startsWith(bytes, oleSignature);

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

/** Name, in UTF-16, of the stream with an encrypted workbook in a compound file: [MS-OFFCRYPTO] 2.3.4. */
const encryptedStream = [...'EncryptedPackage'].flatMap((letter) => [letter.charCodeAt(0), 0]);

function hasEncryptedStream(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x45); at !== -1; at = bytes.indexOf(0x45, at + 1))
    if (encryptedStream.every((byte, index) => bytes[at + index] === byte)) return true;
  return false;
}

/** Refuses a file that is not a .xlsx workbook, and names its format if its first bytes show it. */
export function refuseOtherFile(bytes: Uint8Array): void {
  if (isZip(bytes)) return;
  if (!isCompoundFile(bytes)) throw otherFormat('another kind of file');
  throw hasEncryptedStream(bytes)
    ? otherFormat(
        'a workbook with a password',
        'Remove the password in Excel: select File, Info, Protect Workbook, Encrypt with Password, and leave it empty. Then save the workbook and send it again.',
      )
    : otherFormat('a workbook in a format from before 2007 (.xls)');
}
