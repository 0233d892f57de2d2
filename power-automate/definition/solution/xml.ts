const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Escapes the text of an element or attribute. */
export const escapeXml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);

export const declaration = '<?xml version="1.0" encoding="utf-8"?>';

const schemaInstance = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** The root that `solution.xml` and `customizations.xml` have in common. */
export const importExport = (content: string, attributes = ''): string =>
  `${declaration}\n<ImportExportXml ${attributes}${schemaInstance}>\n${content}\n</ImportExportXml>\n`;
