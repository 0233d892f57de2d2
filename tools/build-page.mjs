// Builds the page: a script and the files it loads on demand, a style sheet, and the document that names them by the
// hash of their content. All are compressed with Brotli, at a quality that takes too long to do for each answer.
// node tools/build-page.mjs [folder], by default dist/page.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @returns The files that contributed to it. */
export async function buildPage(folder) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { page: 'page/src/main.tsx' },
    outdir: folder,
    write: false,
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
    // Parts of a workbook are XML 1.0 (ECMA-376, part 2), so the tables of XML 1.1 are not needed.
    alias: { 'xmlchars/xml/1.1/ed2': 'xmlchars/xml/1.0/ed5' },
    metafile: true,
    logLevel: 'warning',
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
  files.set('index.html', Buffer.from(await documentFor(files)));
  // Removes files of earlier builds, because names with hashes change.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, contents] of files)
    await writeFile(join(folder, `${name}.br`), brotliCompressSync(contents));
  return Object.keys(metafile.inputs);
}

async function documentFor(files) {
  const page = await readFile(join(root, 'page/index.html'), 'utf8');
  return ['page.js', 'page.css'].reduce(
    (text, name) =>
      text.replace(`"${name}"`, `"/api/app/files/${name}?v=${hashOf(files.get(name))}"`),
    page,
  );
}

const hashOf = (contents) => createHash('sha256').update(contents).digest('hex').slice(0, 12);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = resolve(process.argv[2] ?? join(root, 'dist/page'));
  await buildPage(folder);
}
