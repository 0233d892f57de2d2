// Bundles the compiled Functions host. Tests, trials and `npm start` start it often, and one file loads with half the CPU of
// the separate files of the storage libraries.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { options } from './bundle.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await build({
  ...options,
  absWorkingDir: root,
  entryPoints: ['dist/local/functions-host/main.js'],
  outfile: 'dist/functions-host.js',
  // For readable stacks.
  minify: false,
});
