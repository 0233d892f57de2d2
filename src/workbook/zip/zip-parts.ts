import { Inflate } from 'fflate';
import type { WorkbookLimits } from '../limits';
import { damaged, tooLarge, WorkbookError } from '../workbook-error';
import { readZipDirectory, type ZipEntry } from './zip-directory';

/** Compressed bytes inflated at a time. They inflate to at most 1,032 times as many, so a limit is exceeded only a little. */
const stepBytes = 16 * 1024;

/** The parts of a workbook, found by name and inflated on demand. */
export class ZipParts {
  readonly entries: readonly ZipEntry[];
  readonly #limits: WorkbookLimits;
  readonly #byName = new Map<string, ZipEntry>();
  #inflated = 0;

  /** @throws WorkbookError if the bytes are not a readable zip archive. */
  constructor(bytes: Uint8Array, limits: WorkbookLimits) {
    this.#limits = limits;
    this.entries = readZipDirectory(bytes, limits);
    for (const entry of this.entries) {
      const name = toPartName(entry.name);
      if (this.#byName.has(name)) throw damaged(`it contains "${entry.name}" twice`);
      this.#byName.set(name, entry);
    }
  }

  has(name: string): boolean {
    return this.#byName.has(toPartName(name));
  }

  entry(name: string): ZipEntry | undefined {
    return this.#byName.get(toPartName(name));
  }

  /** The text of an XML part; undefined if there is no such part. @throws WorkbookError if a limit is exceeded. */
  text(name: string): string | undefined {
    const entry = this.entry(name);
    return entry === undefined ? undefined : decodeXml(this.#inflate(entry), name);
  }

  #inflate(entry: ZipEntry): Uint8Array {
    const { name, method, compressed } = entry;
    const maxBytes = Math.min(this.#limits.maxPartBytes, this.#limits.maxBytes - this.#inflated);
    const chunks: Uint8Array[] = [];
    let length = 0;
    const add = (chunk: Uint8Array): void => {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge(`"${name}" has more than ${megabytes(maxBytes)} MB`);
      if (this.#isBomb(length, compressed.length))
        throw tooLarge(
          `"${name}" is more than ${this.#limits.maxRatio} times as large as it is compressed`,
        );
      chunks.push(chunk);
    };
    if (method === 0) add(compressed);
    else if (method === 8) inflate(compressed, add, name);
    else throw damaged(`"${name}" uses a compression method that is not allowed in a workbook`);
    this.#inflated += length;
    return concatenate(chunks, length);
  }

  #isBomb(length: number, compressed: number): boolean {
    const { maxRatio, minRatioBytes } = this.#limits;
    return length > minRatioBytes && length > compressed * maxRatio;
  }
}

/** Normalizes a part name: some programs write backslashes, and references may differ in case. */
const toPartName = (name: string): string =>
  name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();

const megabytes = (bytes: number): number => Math.round(bytes / (1024 * 1024));

function inflate(compressed: Uint8Array, add: (chunk: Uint8Array) => void, name: string): void {
  // The library reuses its buffer.
  const stream = new Inflate((chunk) => add(chunk.slice()));
  try {
    for (let at = 0; at < compressed.length; at += stepBytes)
      stream.push(compressed.subarray(at, at + stepBytes), at + stepBytes >= compressed.length);
  } catch (thrown) {
    throw thrown instanceof WorkbookError ? thrown : damaged(`"${name}" cannot be decompressed`);
  }
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (chunks.length === 1 && first !== undefined) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Parts are UTF-8 or UTF-16: https://ecma-international.org/publications-and-standards/standards/ecma-376/, part 2, 9.1.3.1. */
function decodeXml(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw damaged(`"${name}" is not UTF-8 text`);
  }
}
