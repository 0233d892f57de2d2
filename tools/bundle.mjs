import { globSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { withoutUnreachable } from './unreachable.mjs';

/** Registers the functions. The host loads this file and waits for it, so it holds nothing else. */
export const functionsFile = 'functions.js';
/** The app behind the functions, loaded at the first call. */
export const appFile = 'app.js';
/** Sends telemetry; loaded only where that is configured. */
export const exportersFile = 'exporters.js';
/** Reads and writes workbooks; loaded when the first one comes. */
export const workbookFile = 'workbook.js';
/** Parses CSV; loaded when the first such sheet comes. */
export const csvParserFile = 'csv-parser.js';

const options = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // ES modules first: only there can the bundler find unused code.
  mainFields: ['module', 'main'],
  // The worker supplies the first. storage-blob loads the second only to list blobs as Arrow tables.
  external: ['@azure/functions-core', 'apache-arrow'],
  // Libraries that read import.meta.url would fail in a CommonJS file.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: `const importMetaUrl = require('node:url').pathToFileURL(__filename).href;` },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/**
 * Bundles the app into `folder`, as five files: docs/decisions/0004-package.md.
 * @returns The files that contributed to a bundle.
 */
export async function bundleApp(root, folder) {
  const bundle = (file, more) =>
    build({ ...options, absWorkingDir: root, outfile: join(folder, file), ...more });
  const parts = [
    await bundle(functionsFile, {
      stdin: { contents: importsOf('src/functions/*.ts', root), resolveDir: root },
      plugins: [apart(/^\.\/app$/, appFile)],
    }),
    await bundle(appFile, {
      entryPoints: ['src/app/app.ts'],
      // A second copy of the library would not know what the first registered, so this file has none.
      external: [...options.external, '@azure/functions'],
      plugins: [
        apart(/^\.\/exporters$/, exportersFile),
        apart(/^\.\.\/workbook$/, workbookFile),
        apart(/^\.\/csv-parser$/, csvParserFile),
        withoutUnreachable,
      ],
      sourcemap: 'external',
    }),
    await bundle(exportersFile, { entryPoints: ['src/telemetry/exporters.ts'] }),
    await bundle(workbookFile, { entryPoints: ['src/workbook/index.ts'] }),
    await bundle(csvParserFile, { entryPoints: ['src/adapters/csv-parser.ts'] }),
  ];
  return parts.flatMap(bundledFiles);
}

const importsOf = (pattern, root) =>
  globSync(pattern, { cwd: root })
    .toSorted()
    .map((file) => `import './${file.replaceAll('\\', '/')}';`)
    .join('\n');

/** Leaves a module of the app to a file of its own, which is loaded where the code requires it. */
const apart = (filter, file) => ({
  name: `apart:${file}`,
  setup(bundler) {
    bundler.onResolve({ filter }, () => ({ path: `./${file}`, external: true }));
  },
});

const bundledFiles = ({ metafile }) =>
  Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file),
  );
