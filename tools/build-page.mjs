// Builds the page: a script and the files it loads on demand, a style sheet, and the document that names them by the
// hash of their content. node tools/build-page.mjs [folder], by default dist/page.
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @returns The files that contributed to it. */
export async function buildPage(folder) {
  // Removes files of earlier builds, because names with hashes change.
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { page: 'page/src/main.tsx' },
    outdir: folder,
    bundle: true,
    minify: true,
    platform: 'browser',
    // Browsers of the last three years.
    target: ['es2022', 'chrome115', 'firefox115', 'safari16.4'],
    // ES modules, so that parts can be loaded on demand.
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfig: 'page/tsconfig.json',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(join(folder, 'index.html'), await documentFor(folder));
  return Object.keys(metafile.inputs);
}

async function documentFor(folder) {
  const page = await readFile(join(root, 'page/index.html'), 'utf8');
  const names = ['page.js', 'page.css'];
  const hashes = await Promise.all(names.map((name) => hashOf(join(folder, name))));
  return names.reduce(
    (text, name, index) => text.replace(`"${name}"`, `"/api/app/files/${name}?v=${hashes[index]}"`),
    page,
  );
}

const hashOf = async (file) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
    .slice(0, 12);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = resolve(process.argv[2] ?? join(root, 'dist/page'));
  await buildPage(folder);
}
