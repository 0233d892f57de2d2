import type { WorkbookLimits } from '../limits';
import { maxColumn, maxRow, toCellPlace } from '../reference';
import { fromSerial, toSerial1900, toSpan, type TimeForm } from './serial';
import { TextRuns } from './shared-strings';
import type { CellStyle } from './styles';
import { damaged, tooLarge } from '../workbook-error';
import { attributeOf, parseXml, unescapeText, type XmlHandlers, type XmlTag } from '../xml';

/**
 * `uncomputed`: a formula without a computed value, as written by programs that do not compute. `date`, `time`,
 * `dateTime`, `span`: a number with such a format.
 */
export type CellKind =
  'text' | 'number' | 'boolean' | 'error' | 'uncomputed' | Exclude<TimeForm, 'none'>;

/** A non-empty cell. */
export interface Cell {
  /** From 1. */
  readonly column: number;
  readonly kind: CellKind;
  /** A day, a time of day or both in ISO 8601 without a zone; a number with a decimal point; `TRUE`; an error’s name. */
  readonly text: string;
  /** For numbers and times: the stored value, in the 1900 date system. */
  readonly serial?: number;
  /** Its content is that of a merged cell above it. */
  readonly isCovered?: true;
}

/** A non-empty row. */
export interface SheetRow {
  /** As Excel shows it, from 1. */
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** The tables that cells refer to. */
export interface CellContext {
  readonly strings: readonly string[];
  readonly styles: readonly CellStyle[];
  readonly date1904: boolean;
  readonly limits: WorkbookLimits;
}

/**
 * Reads the rows of a sheet in order, one at a time, including hidden rows.
 * @throws WorkbookError if the sheet is damaged or exceeds a limit.
 */
export function* readRows(part: string, text: string, context: CellContext): Generator<SheetRow> {
  const reader = new RowReader(part, context);
  for (const _ of parseXml(part, text, reader)) yield* reader.take();
}

/** The number of a row or cell, or the next one if it has none. Numbers must increase. */
function numberAfter(given: number | undefined, last: number, part: string): number {
  const number = given ?? last + 1;
  if (Number.isSafeInteger(number) && number > last) return number;
  throw damaged(`the rows and cells of "${part}" are not in order`);
}

/**
 * Returns the number of a `row` tag, from 1; the next after `last` if it has none.
 * @throws WorkbookError if the numbers do not increase, or exceed `maxRow`.
 */
export function rowNumberOf(tag: XmlTag, last: number, part: string): number {
  const given = attributeOf(tag, 'r');
  const row = numberAfter(given === undefined ? undefined : Number(given), last, part);
  if (row > maxRow) throw damaged(`"${part}" has more rows than a sheet can have`);
  return row;
}

/**
 * Returns the column of a `c` tag, from 1; the next after `last` if it has no reference.
 * @throws WorkbookError if the reference is wrong, the columns do not increase, or they exceed `maxColumn`.
 */
export function columnNumberOf(tag: XmlTag, last: number, part: string): number {
  const given = attributeOf(tag, 'r');
  const place = given === undefined ? undefined : toCellPlace(given);
  if (given !== undefined && place === undefined)
    throw damaged(`"${part}" has a cell with the reference "${given.slice(0, 20)}"`);
  const column = numberAfter(place?.column, last, part);
  if (column > maxColumn) throw damaged(`"${part}" has more columns than a sheet can have`);
  return column;
}

class RowReader implements XmlHandlers {
  readonly #part: string;
  readonly #context: CellContext;
  readonly #runs = new TextRuns();
  #rows: SheetRow[] = [];
  #cells: Cell[] = [];
  #row = 0;
  #column = 0;
  #rowCount = 0;
  #cellCount = 0;
  #isData = false;
  #isValue = false;
  #hasFormula = false;
  #value = '';
  #type = 'n';
  #style: CellStyle | undefined;

  constructor(part: string, context: CellContext) {
    this.#part = part;
    this.#context = context;
  }

  /** Returns the complete rows that were not taken yet. */
  take(): readonly SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  readonly open = (tag: XmlTag): void => {
    const { name } = tag;
    if (name === 'sheetData') this.#isData = true;
    if (!this.#isData) return;
    if (name === 'row') this.#openRow(tag);
    else if (name === 'c') this.#openCell(tag);
    else if (name === 'v') this.#isValue = true;
    else if (name === 'f') this.#hasFormula = true;
    else this.#runs.open(name);
  };

  readonly close = (name: string): void => {
    if (!this.#isData) return;
    if (name === 'sheetData') this.#isData = false;
    else if (name === 'v') this.#isValue = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else this.#runs.close(name);
  };

  readonly text = (piece: string): void => {
    if (this.#isValue) this.#value += piece;
    else this.#runs.text(piece);
  };

  #openRow(tag: XmlTag): void {
    this.#row = rowNumberOf(tag, this.#row, this.#part);
    this.#column = 0;
    this.#cells = [];
  }

  #openCell(tag: XmlTag): void {
    this.#column = columnNumberOf(tag, this.#column, this.#part);
    this.#type = attributeOf(tag, 't') ?? 'n';
    this.#style = this.#context.styles[Number(attributeOf(tag, 's') ?? 0)];
    this.#hasFormula = false;
    this.#value = '';
    this.#runs.take();
  }

  #closeCell(): void {
    const cell = this.#cell();
    if (cell === undefined) return;
    this.#cells.push(cell);
    this.#cellCount += 1;
    if (this.#cellCount > this.#context.limits.maxCells)
      throw tooLarge(`a sheet has more than ${this.#context.limits.maxCells} cells`);
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return;
    this.#rows.push({ row: this.#row, cells: this.#cells });
    this.#rowCount += 1;
    if (this.#rowCount > this.#context.limits.maxRows)
      throw tooLarge(`a sheet has more than ${this.#context.limits.maxRows} rows`);
  }

  /** https://ecma-international.org/publications-and-standards/standards/ecma-376/, part 1, 18.3.1.4 and 18.18.11. */
  #cell(): Cell | undefined {
    const { column, value } = { column: this.#column, value: this.#value };
    if (this.#type === 'inlineStr') return this.#text(this.#runs.take());
    if (this.#type === 'str') return this.#text(unescapeText(value));
    if (value === '')
      return this.#hasFormula ? { column, kind: 'uncomputed', text: '' } : undefined;
    if (this.#type === 's') return this.#text(this.#sharedString(value));
    if (this.#type === 'b')
      return {
        column,
        kind: 'boolean',
        text: value === '1' || value === 'true' ? 'TRUE' : 'FALSE',
      };
    if (this.#type === 'e') return { column, kind: 'error', text: value };
    return this.#type === 'd' ? fromIso(column, value) : this.#number(value);
  }

  #text(text: string): Cell | undefined {
    if (text === '' && !this.#hasFormula) return undefined;
    return { column: this.#column, kind: 'text', text };
  }

  #sharedString(index: string): string {
    const text = this.#context.strings[Number(index)];
    if (text === undefined) throw damaged(`"${this.#part}" refers to a text that does not exist`);
    return text;
  }

  #number(value: string): Cell {
    const number = Number(value);
    const column = this.#column;
    if (!Number.isFinite(number)) return { column, kind: 'text', text: value };
    const { time = 'none', digits = 1 } = this.#style ?? {};
    return (
      toTimeCell(column, number, { time, date1904: this.#context.date1904 }) ?? {
        column,
        kind: 'number',
        text: numberText(number).padStart(digits, '0'),
        serial: toSerial1900(number, this.#context.date1904),
      }
    );
  }
}

/** A cell with a date in ISO 8601, as in strict workbooks. */
function fromIso(column: number, value: string): Cell {
  const text = value.replace(/\.0+(?=Z?$)/, '');
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return { column, kind: 'date', text };
  if (/^\d\d:\d\d/.test(text)) return { column, kind: 'time', text };
  return { column, kind: 'dateTime', text };
}

function toTimeCell(
  column: number,
  number: number,
  { time, date1904 }: { readonly time: TimeForm; readonly date1904: boolean },
): Cell | undefined {
  if (time === 'none') return undefined;
  if (time === 'span' && number >= 0)
    return { column, kind: 'span', text: toSpan(number), serial: number };
  // A time of day alone is less than a day in both systems.
  const isTimeOfDay = time === 'time' && number < 1;
  const serial = isTimeOfDay ? number : toSerial1900(number, date1904);
  const parts = fromSerial(serial);
  if (parts === undefined) return undefined;
  if (isTimeOfDay) return { column, kind: 'time', text: parts.time, serial };
  // A value formatted as a day may still have a time of day.
  return time === 'date' && parts.time === '00:00:00'
    ? { column, kind: 'date', text: parts.date, serial }
    : { column, kind: 'dateTime', text: `${parts.date}T${parts.time}`, serial };
}

/** Excel counts to 15 digits; those after them are noise: 0.1 + 0.2 is stored as 0.30000000000000004. */
const numberText = (number: number): string => {
  const rounded = Number(number.toPrecision(15));
  return Number.isSafeInteger(rounded) ? BigInt(rounded).toString() : String(rounded);
};
