import { readRelationships, relationshipsPart } from '../relationships';
import { attributeOf, parseWholeXml, type XmlTag } from '../xml';
import type { NewPart } from '../zip/write-zip';
import type { ZipParts } from '../zip/zip-parts';
import { applyEdits, type Edit } from './edits';

const contentTypes = '[Content_Types].xml';

/**
 * The parts that refer to the list of cells with formulas, without these references, and the name of that list.
 * Excel calls a workbook damaged if a listed cell has no formula, and makes a missing list anew. ECMA-376 part 1, 18.6.
 */
export function withoutCalculationChain(
  parts: ZipParts,
  workbookPart: string,
): { readonly parts: readonly NewPart[]; readonly removed: readonly string[] } {
  const chain = readRelationships(parts, workbookPart).find(({ type }) => type === 'calcChain');
  if (chain === undefined) return { parts: [], removed: [] };
  const isOfChain = (tag: XmlTag): boolean =>
    attributeOf(tag, 'Id') === chain.id ||
    attributeOf(tag, 'PartName')?.toLowerCase() === `/${chain.target}`.toLowerCase();
  return {
    removed: [chain.target],
    parts: [contentTypes, relationshipsPart(workbookPart)].map((name) => ({
      name,
      text: withoutElements(name, parts.text(name) ?? '', isOfChain),
    })),
  };
}

/** For elements without others inside. */
function withoutElements(name: string, text: string, isRemoved: (tag: XmlTag) => boolean): string {
  const edits: Edit[] = [];
  let from: number | undefined;
  parseWholeXml(name, text, {
    open(tag, { start }) {
      if (isRemoved(tag)) from = start;
    },
    close(_, { end }) {
      if (from !== undefined) edits.push({ start: from, end, text: '' });
      from = undefined;
    },
  });
  return applyEdits(text, edits);
}
