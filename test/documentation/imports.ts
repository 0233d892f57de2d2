import { posix } from 'node:path';

/** The allowed imports of a room of `src`, besides itself. */
export interface ImportRule {
  readonly rooms: readonly string[];
  readonly modules: readonly string[];
}

/** From import-rules.json: `rooms | modules`, each separated by blanks. */
export function toImportRule(text: string): ImportRule {
  const [rooms = [], modules = []] = text.split('|').map((list) => list.match(/\S+/g) ?? []);
  return { rooms, modules };
}

/** Every way to name another module: import, export from, require, a dynamic import, an import type. */
const specifierPattern =
  /(?:\bfrom\s*|\bimport\s*\(\s*|\brequire\s*\(\s*|\bimport\s+)(['"`])([^'"`\n${}]+)\1/g;

const namesIn = (source: string): string[] =>
  [...source.matchAll(specifierPattern)].map(([, , name = '']) => name);

const isAllowedModule = (name: string, { modules }: ImportRule): boolean =>
  modules.some((allowed) =>
    allowed.endsWith('*')
      ? name.startsWith(allowed.slice(0, -1))
      : name === allowed || name.startsWith(`${allowed}/`),
  );

/** The forbidden imports of a file of `src`, each as `path: import`. `path` is relative to the project. */
export function forbiddenImports(
  path: string,
  source: string,
  rules: Readonly<Record<string, ImportRule>>,
): string[] {
  const [, room = ''] = path.split('/');
  const rule = rules[room] ?? { rooms: [], modules: [] };
  const isAllowed = (name: string): boolean => {
    if (!name.startsWith('.')) return isAllowedModule(name, rule);
    const [top, target = ''] = posix.join(posix.dirname(path), name).split('/');
    return top === 'src' && (target === room || rule.rooms.includes(target));
  };
  return namesIn(source)
    .filter((name) => !isAllowed(name))
    .map((name) => `${path}: ${name}`);
}
