import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';

/** One Markdown page of the project. */
export interface Page {
  /** Path from the project's folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

const ignored = /(^|\/)(node_modules|dist|coverage)\//;

/** Every Markdown page of the project, in the order of their paths. */
export const pages = (): Page[] =>
  globSync('**/*.md', { cwd: projectFolder(), exclude: ['node_modules', 'dist', 'coverage'] })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !ignored.test(path))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(projectFolder(), path), 'utf8') }));

/** The page at this path. */
export const page = (path: string): string => readFileSync(join(projectFolder(), path), 'utf8');

const codeBlock = /^ *(`{3,})(\w*)[^\n]*\n(.*?)^ *\1 *$/gms;

/** The contents of the code blocks of a language. */
export const codeBlocks = (text: string, language: string): string[] =>
  [...text.matchAll(codeBlock)]
    .filter(([, , name]) => name === language)
    .map(([, , , code = '']) => code);

/** The text without its code blocks and its inline code. */
export const prose = (text: string): string =>
  text.replaceAll(codeBlock, '').replaceAll(/`[^`\n]*`/g, '');
