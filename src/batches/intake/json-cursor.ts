import { wrongBatch } from './body';

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const colon = 0x3a;

/** A slice of a JSON text, in bytes. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Scans JSON bytes for the beginning and end of values without building them. A batch is split into rows at the speed
 * of a scan, and JSON.parse then checks each row alone.
 */
export class JsonCursor {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** The values of an array, which must begin here. */
  *items(): Generator<Piece> {
    this.#take(openBracket, '"["');
    if (this.#tryTake(closeBracket)) return;
    do yield this.value();
    while (this.#tryTake(comma));
    this.#take(closeBracket, '"," or "]"');
  }

  /** The members of an object, which must begin here. */
  *members(): Generator<{ readonly name: Piece; readonly value: Piece }> {
    this.#take(openBrace, '"{"');
    if (this.#tryTake(closeBrace)) return;
    do {
      if (this.#peek() !== quote) throw this.#broken('a name');
      const name = this.value();
      this.#take(colon, '":"');
      yield { name, value: this.value() };
    } while (this.#tryTake(comma));
    this.#take(closeBrace, '"," or "}"');
  }

  startsArray(): boolean {
    return this.#peek() === openBracket;
  }

  startsObject(): boolean {
    return this.#peek() === openBrace;
  }

  value(): Piece {
    const first = this.#peek();
    const start = this.#at;
    if (first === quote) this.#skipString();
    else if (first === openBrace || first === openBracket) this.#skipContainer();
    else this.#skipScalar();
    return { start, end: this.#at };
  }

  expectEnd(): void {
    if (this.#peek() !== undefined) throw this.#broken('the end');
  }

  #peek(): number | undefined {
    while (isSpace(this.#bytes[this.#at])) this.#at += 1;
    return this.#bytes[this.#at];
  }

  #tryTake(byte: number): boolean {
    if (this.#peek() !== byte) return false;
    this.#at += 1;
    return true;
  }

  #take(byte: number, expected: string): void {
    if (!this.#tryTake(byte)) throw this.#broken(expected);
  }

  #skipString(): void {
    const bytes = this.#bytes;
    for (let at = this.#at + 1; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === backslash) at += 1;
      else if (byte === quote) {
        this.#at = at + 1;
        return;
      }
    }
    this.#at = bytes.length;
    throw this.#broken('the end of a text');
  }

  /** Counts brackets of both kinds together; JSON.parse checks whether they match. */
  #skipContainer(): void {
    const bytes = this.#bytes;
    let depth = 0;
    do {
      const byte = bytes[this.#at];
      if (byte === undefined) throw this.#broken('a closing bracket');
      if (byte === quote) {
        this.#skipString();
        continue;
      }
      if (byte === openBrace || byte === openBracket) depth += 1;
      else if (byte === closeBrace || byte === closeBracket) depth -= 1;
      this.#at += 1;
    } while (depth > 0);
  }

  #skipScalar(): void {
    const start = this.#at;
    const ends = new Set([comma, closeBracket, closeBrace, colon]);
    for (let byte = this.#bytes[this.#at]; byte !== undefined; byte = this.#bytes[this.#at]) {
      if (ends.has(byte) || isSpace(byte)) break;
      this.#at += 1;
    }
    if (this.#at === start) throw this.#broken('a value');
  }

  #broken(expected: string): Error {
    return wrongBatch(
      `The body is not JSON: expected ${expected} at byte ${this.#at}.`,
      '$',
      'invalidJson',
    );
  }
}
