import { placeColumns, type AddedColumns } from './added-columns';
import { withoutCalculationChain } from './calculation-chain';
import { CellCorrector } from './cell-corrector';
import { applyEdits, type Edit } from './edits';
import { readRelationships, relationshipsPart } from '../relationships';
import { SheetEditor, type CellLink } from './sheet-editor';
import { Workbook, type Sheet } from '../read/workbook';
import { WorkbookError } from '../workbook-error';
import { writeZip, type NewPart } from '../zip/write-zip';
import { escapeXml, parseXml } from '../xml';

const packageRelationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const officeRelationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Lets other work run during work on a large workbook. */
export type YieldControl = () => Promise<void>;

/**
 * Adds columns to one sheet of a workbook, and corrects cells. Edits the XML of the sheet, and what lists its links and
 * formulas; everything else stays byte for byte. @throws WorkbookError if the workbook cannot be read, or has no such sheet.
 */
export async function addColumns(
  bytes: Uint8Array,
  added: AddedColumns,
  yieldControl: YieldControl,
): Promise<Uint8Array> {
  const workbook = new Workbook(bytes);
  const sheet = workbook.sheets.find(({ name }) => name === added.sheet);
  if (sheet === undefined)
    throw new WorkbookError(
      'notFound',
      `The sheet "${added.sheet}" does not exist.`,
      'Specify another sheet.',
    );
  const first = placeColumns(added, workbook.rows(sheet), workbook.merges(sheet));
  await yieldControl();
  const { text, isChainOutdated } = await correctCells(workbook, sheet, { added, yieldControl });
  const editor = new SheetEditor(sheet.part, text, { added, first });
  for (const _ of parseXml(sheet.part, text, editor)) await yieldControl();
  const links = linkRelationships(workbook, sheet, editor.links);
  const edits = [...editor.edits, ...linkEdits(editor, links.ids)];
  const chain = isChainOutdated
    ? withoutCalculationChain(workbook.parts, workbook.part)
    : { parts: [], removed: [] };
  return replaceParts(
    workbook,
    [{ name: sheet.part, text: applyEdits(text, edits) }, ...links.parts, ...chain.parts],
    chain.removed,
  );
}

/** The XML of the sheet with the corrected cells, and whether the list of cells with formulas no longer fits. */
async function correctCells(
  workbook: Workbook,
  sheet: Sheet,
  { added, yieldControl }: { readonly added: AddedColumns; readonly yieldControl: YieldControl },
): Promise<{ readonly text: string; readonly isChainOutdated: boolean }> {
  const text = workbook.textOf(sheet);
  if (added.corrections === undefined || added.corrections.size === 0)
    return { text, isChainOutdated: false };
  const { styles, date1904 } = workbook;
  const corrector = new CellCorrector(
    { part: sheet.part, text, styles, date1904 },
    added.corrections,
  );
  for (const _ of parseXml(sheet.part, text, corrector)) await yieldControl();
  return {
    text: applyEdits(text, corrector.edits),
    isChainOutdated: corrector.hasRemovedFormula,
  };
}

/** A new archive in which these parts replace those with the same name, or are added at the end. */
function replaceParts(
  { parts }: Workbook,
  replaced: readonly NewPart[],
  removed: readonly string[],
): Uint8Array {
  const byEntry = new Map(replaced.map((part) => [parts.entry(part.name), part]));
  const omitted = new Set(removed.map((name) => parts.entry(name)));
  const kept = parts.entries.filter((entry) => !omitted.has(entry));
  return writeZip([
    ...kept.map((entry) => {
      const part = byEntry.get(entry);
      return part === undefined ? entry : { name: entry.name, text: part.text };
    }),
    ...replaced.filter(({ name }) => !parts.has(name)),
  ]);
}

/** The elements that make links of cells. Their addresses are in the relationships of the sheet. */
function linkEdits(
  { links, linksAt, prefix, root }: SheetEditor,
  ids: readonly string[],
): readonly Edit[] {
  if (links.length === 0 || linksAt === undefined) return [];
  const declared = Object.entries(root?.attributes ?? {}).find(
    ([name, value]) =>
      name.startsWith('xmlns:') && /\/officeDocument\/(2006\/)?relationships$/.test(value),
  );
  const own = declared === undefined ? ` xmlns:r="${officeRelationships}"` : '';
  const name = declared === undefined ? 'r' : declared[0].slice('xmlns:'.length);
  const elements = links
    .map(
      ({ reference }, index) =>
        `<${prefix}hyperlink ref="${reference}"${own} ${name}:id="${ids[index]}"/>`,
    )
    .join('');
  const { start, end, found } = linksAt;
  const text =
    found === 'end' ? elements : `<${prefix}hyperlinks>${elements}</${prefix}hyperlinks>`;
  return [{ start, end, text }];
}

/** The relationships of the sheet with these links added under new ids. */
function linkRelationships(
  { parts }: Workbook,
  sheet: Sheet,
  links: readonly CellLink[],
): { readonly ids: readonly string[]; readonly parts: readonly NewPart[] } {
  if (links.length === 0) return { ids: [], parts: [] };
  const taken = new Set(readRelationships(parts, sheet.part).map(({ id }) => id));
  let number = 0;
  const ids = links.map(() => {
    do number += 1;
    while (taken.has(`link${number}`));
    return `link${number}`;
  });
  const elements = links.map(
    ({ address }, index) =>
      `<Relationship xmlns="${packageRelationships}" Id="${ids[index]}" Type="${officeRelationships}/hyperlink" Target="${escapeXml(address)}" TargetMode="External"/>`,
  );
  const name = relationshipsPart(sheet.part);
  return { ids, parts: [{ name, text: withElements(parts.text(name), elements.join('')) }] };
}

function withElements(text: string | undefined, elements: string): string {
  const end = text?.lastIndexOf('</') ?? -1;
  return text === undefined || end === -1
    ? `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="${packageRelationships}">${elements}</Relationships>`
    : `${text.slice(0, end)}${elements}${text.slice(end)}`;
}
