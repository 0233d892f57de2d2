// Bundles the compiled Functions host. Tests, trials and `npm start` start it often, and one file loads with half the CPU of
// the separate files of the storage libraries.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await build({
  absWorkingDir: root,
  entryPoints: ['dist/local/functions-host/main.js'],
  outfile: 'dist/functions-host.js',
  bundle: true,
  platform: 'node',
  target: 'node22',
  // ES modules first: only there can the bundler find unused code.
  mainFields: ['module', 'main'],
  // storage-blob loads it only to list blobs as Arrow tables.
  external: ['apache-arrow'],
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: `const importMetaUrl = require('node:url').pathToFileURL(__filename).href;` },
  logLevel: 'warning',
});
