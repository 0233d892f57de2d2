import { zipSync, type Zippable } from 'fflate';
import { declaration } from './xml';

/** A fixed time, so that the same content gives the same file. */
const mtime = new Date(1980, 0, 1);

/** A solution file: a zip of its parts, with slashes in their names. */
export function packageOf(parts: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const files: Zippable = {};
  const all = { '[Content_Types].xml': contentTypes(Object.keys(parts)), ...parts };
  for (const [name, content] of Object.entries(all))
    files[name] = [typeof content === 'string' ? Buffer.from(content) : content, { mtime }];
  return Buffer.from(zipSync(files, { level: 9 }));
}

/** https://learn.microsoft.com/openspecs/office_standards/ms-oe376 */
function contentTypes(names: readonly string[]): string {
  const extensions = [...new Set(names.map((name) => name.slice(name.lastIndexOf('.') + 1)))];
  const types = extensions.map(
    (extension) => `  <Default Extension="${extension}" ContentType="application/octet-stream" />`,
  );
  const namespace = 'http://schemas.openxmlformats.org/package/2006/content-types';
  return `${declaration}\n<Types xmlns="${namespace}">\n${types.join('\n')}\n</Types>\n`;
}
