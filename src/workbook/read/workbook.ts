import { workbookLimits, type WorkbookLimits } from '../limits';
import { toCellRange, type CellRange } from '../reference';
import { readRelationships, type Relationship } from '../relationships';
import { withMergedCells } from './merged-cells';
import { readSharedStrings } from './shared-strings';
import { readRows, type CellContext, type SheetRow } from './sheet-rows';
import { readStyles, type CellStyle } from './styles';
import { damaged, otherFormat, tooLarge } from '../workbook-error';
import { attributeOf, parseWholeXml } from '../xml';
import { refuseOtherFile } from '../zip/signature';
import { ZipParts } from '../zip/zip-parts';

/** A sheet of cells. */
export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** The name of its part in the archive. */
  readonly part: string;
}

const macroFree = 'xlsx';
/** Extensions by a part of the content type of the main part. */
const extensions: readonly (readonly [string, Extension])[] = [
  ['sheet.macroEnabled', 'xlsm'],
  ['template.macroEnabled', 'xltm'],
  ['template', 'xltx'],
];

/** The file extension of a workbook; Excel refuses a wrong one. */
export type Extension = 'xlsx' | 'xlsm' | 'xltx' | 'xltm';

const mergePattern = /<(?:\w+:)?mergeCell\s[^<>]*?ref=["']([A-Z\d:]+)["']/g;

/** Reads a workbook: its sheets at once, their rows on demand. */
export class Workbook {
  readonly parts: ZipParts;
  /** The name of its main part in the archive. */
  readonly part: string;
  readonly sheets: readonly Sheet[];
  readonly date1904: boolean;
  readonly extension: Extension;
  readonly #relationships: readonly Relationship[];
  readonly #limits: WorkbookLimits;
  readonly #texts = new Map<string, string>();
  #context: CellContext | undefined;

  /** @throws WorkbookError if the bytes are not a readable workbook. */
  constructor(bytes: Uint8Array, limits: WorkbookLimits = workbookLimits) {
    refuseOtherFile(bytes);
    if (bytes.length > limits.maxFileBytes)
      throw tooLarge(`the file has more than ${limits.maxFileBytes / (1024 * 1024)} MB`);
    this.#limits = limits;
    this.parts = new ZipParts(bytes, limits);
    const part = workbookPart(this.parts);
    this.part = part;
    this.#relationships = readRelationships(this.parts, part);
    const { sheets, date1904 } = readContents(part, this.#textOf(part), this.#relationships);
    this.sheets = sheets;
    this.date1904 = date1904;
    this.extension = extensionOf(this.parts.text('[Content_Types].xml') ?? '', part);
  }

  /** The non-empty rows of a sheet, see `withMergedCells`. May be read more than once. */
  rows(sheet: Sheet): Generator<SheetRow> {
    this.#context ??= this.#readContext();
    const rows = readRows(sheet.part, this.#textOf(sheet.part), this.#context);
    return withMergedCells(rows, this.merges(sheet));
  }

  /** The styles of cells, by style number. */
  get styles(): readonly CellStyle[] {
    this.#context ??= this.#readContext();
    return this.#context.styles;
  }

  /** The XML of a sheet. */
  textOf({ part }: Sheet): string {
    return this.#textOf(part);
  }

  /** Ranges of merged cells. A merged cell has the content of the first cell of its range. */
  merges({ part }: Sheet): readonly CellRange[] {
    const text = this.#textOf(part);
    const behindRows = text.slice(text.lastIndexOf('sheetData>'));
    const found: CellRange[] = [];
    for (const [, reference = ''] of behindRows.matchAll(mergePattern)) {
      const range = toCellRange(reference);
      if (range !== undefined) found.push(range);
      if (found.length > this.#limits.maxMerges)
        throw tooLarge(`a sheet has more than ${this.#limits.maxMerges} merged cells`);
    }
    return found;
  }

  #textOf(part: string): string {
    const text = this.#texts.get(part) ?? this.parts.text(part);
    if (text === undefined) throw damaged(`its part "${part}" is missing`);
    this.#texts.set(part, text);
    return text;
  }

  #readContext(): CellContext {
    const [strings, styles] = ['sharedStrings', 'styles'].map((wanted) => {
      const part = this.#relationships.find(({ type }) => type === wanted)?.target;
      const text = part === undefined ? undefined : this.parts.text(part);
      return part === undefined || text === undefined ? undefined : ([part, text] as const);
    });
    return {
      strings: strings === undefined ? [] : readSharedStrings(...strings, this.#limits),
      styles: styles === undefined ? [] : readStyles(...styles),
      date1904: this.date1904,
      limits: this.#limits,
    };
  }
}

/** @throws WorkbookError naming the actual format of the archive. */
function workbookPart(parts: ZipParts): string {
  const part = readRelationships(parts, '').find(({ type }) => type === 'officeDocument')?.target;
  if (part?.endsWith('.xml') === true && /workbook/i.test(part) && parts.has(part)) return part;
  const other = otherPackages.find(([name]) => parts.has(name));
  throw otherFormat(other?.[1] ?? 'a zip archive of something else');
}

const otherPackages = [
  ['xl/workbook.bin', 'a binary workbook (.xlsb)'],
  ['content.xml', 'an OpenDocument file (.ods)'],
  ['word/document.xml', 'a Word document'],
  ['ppt/presentation.xml', 'a PowerPoint presentation'],
  ['Index/Document.iwa', 'a Numbers document'],
] as const;

function readContents(
  part: string,
  text: string,
  relationships: readonly Relationship[],
): { readonly sheets: readonly Sheet[]; readonly date1904: boolean } {
  const sheets: Sheet[] = [];
  let date1904 = false;
  parseWholeXml(part, text, {
    open(tag) {
      if (tag.name === 'workbookPr')
        date1904 = ['1', 'true'].includes(attributeOf(tag, 'date1904') ?? '');
      if (tag.name !== 'sheet') return;
      const id = attributeOf(tag, 'id');
      const found = relationships.find((relationship) => relationship.id === id);
      // Chart and macro sheets have no cells.
      if (found?.type !== 'worksheet') return;
      const { name = '', state = 'visible' } = tag.attributes;
      sheets.push({ name, isHidden: state !== 'visible', part: found.target });
    },
  });
  return { sheets, date1904 };
}

function extensionOf(contentTypes: string, part: string): Extension {
  const at = contentTypes.toLowerCase().indexOf(`"/${part.toLowerCase()}"`);
  const [start, end] = [contentTypes.lastIndexOf('<', at), contentTypes.indexOf('>', at)];
  const type = at === -1 ? '' : contentTypes.slice(start, end);
  return extensions.find(([word]) => type.includes(word))?.[1] ?? macroFree;
}
