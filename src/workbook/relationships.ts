import { attributeOf, parseWholeXml } from './xml';
import type { ZipParts } from './zip/zip-parts';

/** The target of a part's reference: another part, or an external address. */
export interface Relationship {
  readonly id: string;
  /** The last word of its type; the beginnings differ between Excel and the strict standard. */
  readonly type: string;
  /** The name of the part in the archive, or the address. */
  readonly target: string;
}

const folderOf = (part: string): string => part.slice(0, part.lastIndexOf('/') + 1);

/** The name of the part with the relationships of a part: `xl/_rels/workbook.xml.rels` for `xl/workbook.xml`. */
export const relationshipsPart = (part: string): string =>
  `${folderOf(part)}_rels/${part.slice(folderOf(part).length)}.rels`;

/** The relationships of a part; empty if it has none. @throws WorkbookError if they are damaged. */
export function readRelationships(parts: ZipParts, part: string): readonly Relationship[] {
  const name = relationshipsPart(part);
  const found: Relationship[] = [];
  parseWholeXml(name, parts.text(name) ?? '<Relationships/>', {
    open(tag) {
      if (tag.name !== 'Relationship') return;
      const [id = '', type = '', target = '', mode] = ['Id', 'Type', 'Target', 'TargetMode'].map(
        (attribute) => attributeOf(tag, attribute),
      );
      const isPart = mode?.toLowerCase() !== 'external';
      found.push({
        id,
        type: type.slice(type.lastIndexOf('/') + 1),
        target: isPart ? resolve(folderOf(part), target) : target,
      });
    },
  });
  return found;
}

/** Resolves a reference from a folder of the archive, without `.` and `..`. */
function resolve(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/');
  const segments: string[] = [];
  for (const segment of (path.startsWith('/') ? path : `${folder}${path}`).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}
