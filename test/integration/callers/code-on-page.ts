import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../../local/project-folder';

/** The code of docs/graph-sdks.md in a language, with the address that a reader replaces. */
export function codeOnPage(language: string): string {
  const page = readFileSync(join(projectFolder(), 'docs/graph-sdks.md'), 'utf8');
  const [, code] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(page) ?? [];
  if (code?.includes('https://<app>/') !== true) throw new Error(`No code in ${language}.`);
  return code;
}
