import type { CellPlace } from '../reference';
import { attributeOf, unescapeText, type XmlTag } from '../xml';
import { shiftFormula } from './shift-formula';

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

  /** Notes that the formula of this cell is removed. */
  remove({ tag, text }: Formula, place: CellPlace): void {
    const number = numberOf(tag);
    if (number !== undefined && text !== '')
      this.#removed.set(number, { text: unescapeText(text), place });
  }

  /** The own text of a cell that shared a formula with a removed one; undefined for any other cell. */
  ownText({ tag, text }: Formula, place: CellPlace): string | undefined {
    const removed = text === '' ? this.#removed.get(numberOf(tag) ?? '') : undefined;
    return removed && shiftFormula(removed.text, removed.place, place);
  }
}

const numberOf = (tag: XmlTag): string | undefined =>
  attributeOf(tag, 't') === 'shared' ? attributeOf(tag, 'si') : undefined;
