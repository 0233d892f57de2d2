import type { AddedCell, AddedColumns } from './added-columns';
import type { Edit } from './edits';
import { maxCellLength, toCellPlace, toCellRange, toLetters } from '../reference';
import { columnNumberOf, rowNumberOf } from '../read/sheet-rows';
import { attributeOf, escapeXml, type TagPlace, type XmlHandlers, type XmlTag } from '../xml';

/** A link of a cell, without an id yet. */
export interface CellLink {
  readonly reference: string;
  readonly address: string;
}

/** Maximum number of links in a sheet: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
const maxLinks = 65_530;

/** Elements after the rows and before the links of a sheet: ECMA-376 part 1, 18.3.1.99. */
const beforeLinks = new Set([
  ...['sheetData', 'sheetCalcPr', 'sheetProtection', 'protectedRanges', 'scenarios', 'autoFilter'],
  ...['sortState', 'dataConsolidate', 'customSheetViews', 'mergeCells', 'phoneticPr'],
  ...['conditionalFormatting', 'dataValidations'],
]);

/** Collects the edits that add columns, while the XML of the sheet is parsed. */
export class SheetEditor implements XmlHandlers {
  readonly edits: Edit[] = [];
  readonly links: CellLink[] = [];
  /** Where the element with the links is or would be, and whether it exists. */
  linksAt: (TagPlace & { readonly found: 'nothing' | 'empty' | 'end' }) | undefined;
  /** The namespace prefix of the sheet's elements, with the colon. */
  prefix = '';
  root: XmlTag | undefined;
  readonly #part: string;
  readonly #text: string;
  readonly #added: AddedColumns;
  readonly #first: number;
  readonly #last: number;
  readonly #styles = new Map<number, string>();
  #headerStyle: string | undefined;
  #depth = 0;
  /** The current child of the root: names such as `row` have other meanings elsewhere. */
  #section = '';
  #areRowsOver = false;
  #hasWidths = false;
  #lastWidth = 0;
  #row = 0;
  #column = 0;
  #insertAt = 0;
  #removeTo = 0;
  #cellStyle: string | undefined;
  #removedLink: number | undefined;
  #linksStart: TagPlace | undefined;
  #keptLinks = 0;

  constructor(
    part: string,
    text: string,
    { added, first }: { readonly added: AddedColumns; readonly first: number },
  ) {
    this.#part = part;
    this.#text = text;
    this.#added = added;
    this.#first = first;
    this.#last = first + added.columns.length - 1;
  }

  readonly open = (tag: XmlTag, place: TagPlace): void => {
    this.#depth += 1;
    if (this.#depth === 1) this.#openSheet(tag, place);
    if (this.#depth === 2) this.#openSection(tag, place);
    if (this.#depth === 3) this.#openItem(tag, place);
    if (this.#depth === 4 && this.#section === 'sheetData' && tag.name === 'c') this.#openCell(tag);
  };

  readonly close = (name: string, place: TagPlace): void => {
    this.#depth -= 1;
    if (this.#depth === 3 && this.#section === 'sheetData' && name === 'c') this.#closeCell(place);
    if (this.#depth === 2) this.#closeItem(name, place);
    if (this.#depth === 1) this.#closeSection(name, place);
    if (this.#depth === 0) this.linksAt ??= { ...place, end: place.start, found: 'nothing' };
  };

  #openSheet(tag: XmlTag, { start, end }: TagPlace): void {
    this.root = tag;
    this.prefix = /^<([\w.-]+:)?/.exec(this.#text.slice(start, end))?.[1] ?? '';
  }

  #openItem(tag: XmlTag, place: TagPlace): void {
    const { name, attributes } = tag;
    if (this.#section === 'sheetData' && name === 'row') this.#openRow(tag, place);
    if (this.#section === 'cols')
      this.#lastWidth = Math.max(this.#lastWidth, Number(attributes['max']));
    if (this.#section !== 'hyperlinks') return;
    if (this.#isAdded(attributeOf(tag, 'ref') ?? '')) this.#removedLink = place.start;
    else this.#keptLinks += 1;
  }

  #closeItem(name: string, place: TagPlace): void {
    if (this.#section === 'sheetData' && name === 'row') this.#closeRow(place);
    if (this.#removedLink === undefined) return;
    this.edits.push({ start: this.#removedLink, end: place.end, text: '' });
    this.#removedLink = undefined;
  }

  #closeSection(name: string, place: TagPlace): void {
    if (name === 'cols') this.#closeWidths(place);
    if (name === 'sheetData') this.#areRowsOver = true;
    if (name === 'hyperlinks' && this.linksAt?.found !== 'empty') this.#closeLinks(place);
  }

  #openSection(tag: XmlTag, { start, end }: TagPlace): void {
    this.#section = tag.name;
    if (tag.name === 'dimension') this.#widen(tag, { start, end });
    if (tag.name === 'cols') this.#hasWidths = true;
    if (tag.name === 'sheetData' && !this.#hasWidths)
      this.edits.push({ start, end: start, text: this.#element('cols', this.#widths()) });
    if (tag.name === 'hyperlinks') this.#linksStart = { start, end };
    if (tag.name === 'hyperlinks' && tag.isSelfClosing)
      this.linksAt = { start, end, found: 'empty' };
    const isBehind = this.#areRowsOver && tag.name !== 'hyperlinks' && !beforeLinks.has(tag.name);
    if (isBehind) this.linksAt ??= { start, end: start, found: 'nothing' };
  }

  /** Extends the range that the sheet declares as used. */
  #widen(tag: XmlTag, { start, end }: TagPlace): void {
    const range = toCellRange(attributeOf(tag, 'ref') ?? '');
    if (range === undefined || !tag.isSelfClosing) return;
    const { from, to } = range;
    const last = toLetters(Math.max(to.column, this.#last));
    const reference = `${toLetters(from.column)}${from.row}:${last}${to.row}`;
    this.edits.push({ start, end, text: `<${this.prefix}dimension ref="${reference}"/>` });
  }

  #openRow(tag: XmlTag, { start, end }: TagPlace): void {
    this.#row = rowNumberOf(tag, this.#row, this.#part);
    this.#column = 0;
    this.#styles.clear();
    this.#insertAt = end;
    this.#removeTo = end;
    if (!this.#isTarget() || attributeOf(tag, 'spans') === undefined) return;
    // Removes an optional hint about the columns of the row, which would be wrong now.
    const text = this.#text.slice(start, end).replace(/\sspans=("[^"]*"|'[^']*')/, '');
    this.edits.push({ start, end, text });
  }

  #openCell(tag: XmlTag): void {
    this.#column = columnNumberOf(tag, this.#column, this.#part);
    this.#cellStyle = attributeOf(tag, 's');
  }

  #closeCell({ end }: TagPlace): void {
    if (this.#column < this.#first) this.#insertAt = end;
    if (this.#column <= this.#last) this.#removeTo = end;
    if (this.#cellStyle === undefined) return;
    if (this.#column >= this.#first) this.#styles.set(this.#column, this.#cellStyle);
    else if (this.#row === this.#added.headerRow) this.#headerStyle = this.#cellStyle;
  }

  #closeRow({ start, end }: TagPlace): void {
    const isSelfClosing = this.#text[end - 2] === '/' && this.#insertAt === end;
    if (!this.#isTarget() || isSelfClosing || start < this.#insertAt) return;
    const cells = this.#cellsOfRow().map((cell, index) => this.#cell(cell, this.#first + index));
    this.edits.push({ start: this.#insertAt, end: this.#removeTo, text: cells.join('') });
  }

  #closeWidths({ start, end }: TagPlace): void {
    if (this.#lastWidth >= this.#first) return;
    const isEmpty = this.#text[end - 2] === '/';
    if (!isEmpty) this.edits.push({ start, end: start, text: this.#widths() });
  }

  /** Completes an element that may not be empty. */
  #closeLinks(place: TagPlace): void {
    this.linksAt = { start: place.start, end: place.start, found: 'end' };
    if (this.#keptLinks > 0 || this.links.length > 0 || this.#linksStart === undefined) return;
    for (const tag of [this.#linksStart, place]) this.edits.push({ ...tag, text: '' });
  }

  #isTarget(): boolean {
    return this.#row === this.#added.headerRow || this.#added.rows.has(this.#row);
  }

  #isAdded(reference: string): boolean {
    const place = toCellPlace(reference);
    if (place === undefined || place.row < this.#added.headerRow) return false;
    return place.column >= this.#first && place.column <= this.#last;
  }

  #cellsOfRow(): readonly AddedCell[] {
    return this.#row === this.#added.headerRow
      ? this.#added.columns.map(({ name }) => ({ text: name }))
      : (this.#added.rows.get(this.#row) ?? []);
  }

  #cell({ text, isLink = false }: AddedCell, column: number): string {
    const reference = `${toLetters(column)}${this.#row}`;
    const style =
      this.#styles.get(column) ??
      (this.#row === this.#added.headerRow ? this.#headerStyle : undefined);
    const attributes = `r="${reference}"${style === undefined ? '' : ` s="${escapeXml(style)}"`}`;
    if (text === '') return style === undefined ? '' : `<${this.prefix}c ${attributes}/>`;
    if (isLink && this.links.length < maxLinks) this.links.push({ reference, address: text });
    const content = `<${this.prefix}t xml:space="preserve">${escapeXml(text.slice(0, maxCellLength))}</${this.prefix}t>`;
    return `<${this.prefix}c ${attributes} t="inlineStr">${this.#element('is', content)}</${this.prefix}c>`;
  }

  #widths(): string {
    return this.#added.columns
      .map(({ width }, index) => {
        const column = this.#first + index;
        return `<${this.prefix}col min="${column}" max="${column}" width="${width}" customWidth="1"/>`;
      })
      .join('');
  }

  #element(name: string, content: string): string {
    return `<${this.prefix}${name}>${content}</${this.prefix}${name}>`;
  }
}
