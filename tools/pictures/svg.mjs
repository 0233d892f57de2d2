import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const save = (name, picture) => writeFileSync(join(root, 'docs/images', name), picture);

export const escape = (text) =>
  String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const style = `text{font:12px "Segoe UI",system-ui,sans-serif;fill:#242424}
.title{font-size:14px;font-weight:600}.small{font-size:11px;fill:#616161}.link{fill:#0f6cbd}
.tile{fill:#fff;stroke:#d1d1d1}.axis{stroke:#d1d1d1}`;

/** `kind` is a class of the style above. */
export const text = ([x, y], words, kind = '') =>
  `<text x="${x}" y="${y}" class="${kind}">${escape(words)}</text>`;

export const picture = (
  width,
  height,
  content,
) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}">
<style>${style}</style>
<rect width="100%" height="100%" rx="6" fill="#faf9f8"/>
${content.join('\n')}
</svg>
`;
