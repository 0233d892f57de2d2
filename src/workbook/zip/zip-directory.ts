import type { WorkbookLimits } from '../limits';
import { damaged, otherFormat, tooLarge } from '../workbook-error';

/** A file in a zip archive, still compressed. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly crc: number;
  /** Inflated size in bytes, as the archive declares it; may be wrong. */
  readonly size: number;
  readonly compressed: Uint8Array;
}

// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7, 4.3.12, 4.3.14 and 4.3.16
const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
const zip64EndSignature = 0x06064b50;
const zip64LocatorSignature = 0x07064b50;
const endLength = 22;
const maxCommentLength = 65_535;
const inZip64 = 0xffff_ffff;

/**
 * The files of a zip archive, from its central directory, which is authoritative. Inflates nothing.
 * @throws WorkbookError if it is not an archive, is truncated or encrypted, or has too many files.
 */
export function readZipDirectory(
  bytes: Uint8Array,
  { maxEntries }: WorkbookLimits,
): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const { count, offset } = findDirectory(view);
    if (count > maxEntries)
      throw tooLarge(`it has ${count} parts, but the maximum is ${maxEntries}`);
    return readEntries(bytes, view, { count, offset });
  } catch (thrown) {
    // DataView throws if an offset is outside the file.
    if (thrown instanceof RangeError) throw damaged('its zip archive is cut off');
    throw thrown;
  }
}

interface Directory {
  readonly count: number;
  readonly offset: number;
}

function findDirectory(view: DataView): Directory {
  const first = Math.max(0, view.byteLength - endLength - maxCommentLength);
  for (let at = view.byteLength - endLength; at >= first; at -= 1) {
    if (view.getUint32(at, true) !== endSignature) continue;
    return (
      zip64Directory(view, at) ?? {
        count: view.getUint16(at + 10, true),
        offset: view.getUint32(at + 16, true),
      }
    );
  }
  throw damaged('the end of its zip archive is missing');
}

function zip64Directory(view: DataView, end: number): Directory | undefined {
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== zip64LocatorSignature) return undefined;
  const at = Number(view.getBigUint64(locator + 8, true));
  if (view.getUint32(at, true) !== zip64EndSignature) throw damaged('its zip archive is cut off');
  return {
    count: Number(view.getBigUint64(at + 32, true)),
    offset: Number(view.getBigUint64(at + 48, true)),
  };
}

function readEntries(bytes: Uint8Array, view: DataView, directory: Directory): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = directory.offset;
  for (let index = 0; index < directory.count; index += 1) {
    if (view.getUint32(at, true) !== centralSignature)
      throw damaged('the directory of its zip archive is not valid');
    entries.push(readEntry(bytes, view, at));
    const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    at += lengths.reduce((sum, length) => sum + length, 46);
  }
  return entries;
}

function readEntry(bytes: Uint8Array, view: DataView, at: number): ZipEntry {
  const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1;
  if (isEncrypted)
    throw otherFormat('a zip archive with a password', 'Send it without a password.');
  const nameEnd = at + 46 + view.getUint16(at + 28, true);
  const [size, compressedSize, offset] = sizesOf(view, at, nameEnd);
  if (view.getUint32(offset, true) !== localSignature)
    throw damaged('the directory of its zip archive is not valid');
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + compressedSize > bytes.length) throw damaged('its zip archive is cut off');
  return {
    name: new TextDecoder().decode(bytes.subarray(at + 46, nameEnd)),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    size,
    compressed: bytes.subarray(start, start + compressedSize),
  };
}

/** Size, compressed size and offset of the local header. Values that do not fit into 32 bits are in the zip64 field. */
function sizesOf(view: DataView, at: number, extraAt: number): readonly [number, number, number] {
  const [size, compressed, offset] = [24, 20, 42].map((field) => view.getUint32(at + field, true));
  const large = zip64Numbers(view, extraAt, view.getUint16(at + 30, true));
  const orLarge = (number = 0): number =>
    number === inZip64 ? Number(large.next().value) : number;
  return [orLarge(size), orLarge(compressed), orLarge(offset)];
}

function* zip64Numbers(view: DataView, start: number, length: number): Generator<bigint> {
  for (let at = start; at + 4 <= start + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    for (let more = 0; more < view.getUint16(at + 2, true); more += 8)
      yield view.getBigUint64(at + 4 + more, true);
  }
}
