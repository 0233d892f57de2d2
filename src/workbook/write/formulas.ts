import type { CellPlace } from '../reference';
import { tooLarge } from '../workbook-error';
import { attributeOf, unescapeText, type XmlTag } from '../xml';
import { shiftFormula } from './shift-formula';

/** In characters. Excel's own: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
const maxFormulaLength = 8_192;
/** In characters. A small file can have a million cells that share one formula. */
const maxOwnLength = 32 * 1024 * 1024;

/** The `f` element of a cell, and its place in the XML of the sheet. */
export interface Formula {
  readonly tag: XmlTag;
  readonly start: number;
  end: number;
  text: string;
}

/**
 * Formulas that cells share: only the first cell has the text, and the others have its number. If the first one is
 * removed, each of the others needs its own text. ECMA-376 part 1, 18.3.1.40.
 */
export class SharedFormulas {
  readonly #removed = new Map<string, { readonly text: string; readonly place: CellPlace }>();

  #ownLength = 0;

  /** Notes that the formula of this cell is removed. @throws WorkbookError if it is too long for Excel. */
  remove({ tag, text }: Formula, place: CellPlace): void {
    const number = numberOf(tag);
    if (number === undefined || text === '') return;
    if (text.length > maxFormulaLength)
      throw tooLarge(`a formula has more than ${maxFormulaLength} characters`);
    this.#removed.set(number, { text: unescapeText(text), place });
  }

  /**
   * The own text of a cell that shared a formula with a removed one; undefined for any other cell.
   * @throws WorkbookError if there are too many.
   */
  ownText({ tag, text }: Formula, place: CellPlace): string | undefined {
    const removed = text === '' ? this.#removed.get(numberOf(tag) ?? '') : undefined;
    if (removed === undefined) return undefined;
    this.#ownLength += removed.text.length;
    if (this.#ownLength > maxOwnLength) throw tooLarge('too many cells share a long formula');
    return shiftFormula(removed.text, removed.place, place);
  }
}

const numberOf = (tag: XmlTag): string | undefined =>
  attributeOf(tag, 't') === 'shared' ? attributeOf(tag, 'si') : undefined;
