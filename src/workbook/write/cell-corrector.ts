import { columnNumberOf, rowNumberOf } from '../read/sheet-rows';
import { toSerialOf } from '../read/serial';
import type { CellStyle } from '../read/styles';
import { maxCellLength, toLetters } from '../reference';
import { attributeOf, escapeXml, type TagPlace, type XmlHandlers, type XmlTag } from '../xml';
import type { Edit } from './edits';
import { SharedFormulas, type Formula } from './formulas';

/** The new content of a cell: a text, and the equal number for a cell that shows numbers or times. */
export interface CorrectedCell {
  readonly text: string;
  /** `day`: a serial number of the 1900 system, with or without a time of day. `time`: a time of day alone. */
  readonly number?: { readonly kind: 'number' | 'day' | 'time'; readonly value: number };
  /** Also replaces a formula whose value is a text. Other corrections leave formulas alone. */
  readonly replacesFormula?: true;
}

/** By row and column, from 1. */
export type CorrectedCells = ReadonlyMap<number, ReadonlyMap<number, CorrectedCell>>;

/**
 * A sheet to correct: the name of its part in the archive, its XML, and what its cells refer to. `date1904`: the
 * workbook counts days from 1904.
 */
interface CorrectedSheet {
  readonly part: string;
  readonly text: string;
  readonly styles: readonly CellStyle[];
  readonly date1904: boolean;
}

/** Types of cells whose value is a text; a formula that was never calculated has none of them. */
const textTypes: ReadonlySet<string | undefined> = new Set(['str', 's', 'inlineStr']);

/** Collects the edits that correct cells, while the XML of the sheet is parsed. */
export class CellCorrector implements XmlHandlers {
  readonly edits: Edit[] = [];
  /** Whether a formula was replaced. */
  hasRemovedFormula = false;
  readonly #shared = new SharedFormulas();
  readonly #sheet: CorrectedSheet;
  readonly #corrected: CorrectedCells;
  #prefix = '';
  #depth = 0;
  #isData = false;
  #row = 0;
  #column = 0;
  /** The corrections still to be made in the row. */
  #left = new Map<number, CorrectedCell>();
  #start = 0;
  #style: string | undefined;
  #type: string | undefined;
  #formula: Formula | undefined;
  #isFormula = false;

  constructor(sheet: CorrectedSheet, corrected: CorrectedCells) {
    this.#sheet = sheet;
    this.#corrected = corrected;
  }

  readonly open = (tag: XmlTag, { start, end }: TagPlace): void => {
    this.#depth += 1;
    if (this.#depth === 1)
      this.#prefix = /^<([\w.-]+:)?/.exec(this.#sheet.text.slice(start, end))?.[1] ?? '';
    if (this.#depth === 2) this.#isData = tag.name === 'sheetData';
    if (!this.#isData) return;
    if (this.#depth === 3) this.#openRow(tag);
    if (this.#depth === 4 && tag.name === 'c') this.#openCell(tag, start);
    if (this.#depth === 5 && tag.name === 'f') {
      this.#formula = { tag, start, end, text: '' };
      this.#isFormula = true;
    }
  };

  readonly text = (piece: string): void => {
    if (this.#isFormula && this.#formula !== undefined) this.#formula.text += piece;
  };

  readonly close = (name: string, { start, end }: TagPlace): void => {
    this.#depth -= 1;
    if (!this.#isData) return;
    if (this.#isFormula && this.#formula !== undefined) this.#formula.end = end;
    this.#isFormula = false;
    if (this.#depth === 3 && name === 'c') this.#closeCell(end);
    if (this.#depth === 2) this.#putBefore(Number.POSITIVE_INFINITY, start);
  };

  #openRow(tag: XmlTag): void {
    this.#row = rowNumberOf(tag, this.#row, this.#sheet.part);
    this.#column = 0;
    this.#left = new Map(this.#corrected.get(this.#row));
  }

  #openCell(tag: XmlTag, start: number): void {
    this.#column = columnNumberOf(tag, this.#column, this.#sheet.part);
    this.#putBefore(this.#column, start);
    this.#start = start;
    this.#style = attributeOf(tag, 's');
    this.#type = attributeOf(tag, 't');
    this.#formula = undefined;
  }

  #closeCell(end: number): void {
    const corrected = this.#left.get(this.#column);
    this.#left.delete(this.#column);
    if (corrected === undefined || !this.#isReplaceable(corrected)) return this.#keep();
    const text = this.#cell(corrected, this.#column, this.#style);
    this.edits.push({ start: this.#start, end, text });
    if (this.#formula === undefined) return;
    this.hasRemovedFormula = true;
    this.#shared.remove(this.#formula, { column: this.#column, row: this.#row });
  }

  /** Keeps most formulas: other cells may refer to them, and they hold more than their value. */
  #isReplaceable({ replacesFormula }: CorrectedCell): boolean {
    if (this.#formula === undefined) return true;
    return replacesFormula === true && textTypes.has(this.#type);
  }

  /** A kept formula gets its own text if the cell that has it for several was replaced. */
  #keep(): void {
    if (this.#formula === undefined) return;
    const place = { column: this.#column, row: this.#row };
    const own = this.#shared.ownText(this.#formula, place);
    if (own === undefined) return;
    const { start, end } = this.#formula;
    this.edits.push({ start, end, text: this.#element('f', escapeXml(own)) });
  }

  /** Inserts cells that the row does not have yet, in column order. */
  #putBefore(column: number, start: number): void {
    const wanted = [...this.#left].filter(([each]) => each < column);
    if (wanted.length === 0) return;
    for (const [each] of wanted) this.#left.delete(each);
    const cells = wanted
      .toSorted(([one], [other]) => one - other)
      .map(([each, corrected]) => this.#cell(corrected, each, undefined));
    this.edits.push({ start, end: start, text: cells.join('') });
  }

  #cell(corrected: CorrectedCell, column: number, style: string | undefined): string {
    const reference = `r="${toLetters(column)}${this.#row}"`;
    const attributes = style === undefined ? reference : `${reference} s="${escapeXml(style)}"`;
    const number = this.#numberFor(corrected, style);
    if (number !== undefined)
      return `<${this.#prefix}c ${attributes}>${this.#element('v', String(number))}</${this.#prefix}c>`;
    if (corrected.text === '') return `<${this.#prefix}c ${attributes}/>`;
    const text = escapeXml(corrected.text.slice(0, maxCellLength));
    const content = `<${this.#prefix}t xml:space="preserve">${text}</${this.#prefix}t>`;
    return `<${this.#prefix}c ${attributes} t="inlineStr">${this.#element('is', content)}</${this.#prefix}c>`;
  }

  /** Writes a time as a number only if the cell shows times, so that it never shows as a plain number. */
  #numberFor({ number }: CorrectedCell, style: string | undefined): number | undefined {
    if (number === undefined) return undefined;
    const { styles, date1904 } = this.#sheet;
    const showsTime = (styles[Number(style ?? 0)]?.time ?? 'none') !== 'none';
    if (number.kind === 'number') return showsTime ? undefined : number.value;
    if (!showsTime) return undefined;
    return number.kind === 'day' ? toSerialOf(number.value, date1904) : number.value;
  }

  #element(name: string, content: string): string {
    return `<${this.#prefix}${name}>${content}</${this.#prefix}${name}>`;
  }
}
