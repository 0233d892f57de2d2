import { globSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleLibraryApart, libraryApart, libraryCode } from './library-apart.mjs';
import { withoutUnreachable } from './unreachable.mjs';

/** The app with all its libraries; and what sends telemetry, a quarter as large and loaded only where that is configured. */
export const appFile = 'app.js';
export const telemetryFile = 'telemetry-export.js';

const options = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // ES modules first: only of those is what nobody uses left out.
  mainFields: ['module', 'main'],
  // The worker supplies the first. The second is loaded by storage-blob only to list blobs as Arrow tables.
  external: ['@azure/functions-core', 'apache-arrow'],
  // Libraries that ask for their own address would fail in a CommonJS file.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: `const importMetaUrl = require('node:url').pathToFileURL(__filename).href;` },
  legalComments: 'none',
  sourcemap: 'external',
  metafile: true,
  logLevel: 'warning',
};

/**
 * Bundles the app into `folder`. What stands behind its registration is a text in the same file, which the engine only
 * skims at start and compiles at the first call: docs/decisions/0004-one-file-package.md.
 */
export async function bundleApp(root, folder) {
  const isApart = (path) => path.startsWith(`${libraryApart}/`);
  const library = await bundleLibraryApart({
    ...options,
    absWorkingDir: root,
    plugins: [withoutUnreachable(isApart)],
  });
  const endpoints = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: ['src/app/app.ts'],
    outfile: join(folder, 'endpoints.js'),
    plugins: [telemetryApart, library.plugin, withoutUnreachable((path) => !isApart(path))],
    write: false,
  });
  const [sourceMap, code] = endpoints.outputFiles;
  const registration = await build({
    ...options,
    absWorkingDir: root,
    stdin: { contents: importsOf('src/functions/*.ts', root), resolveDir: root },
    outfile: join(folder, appFile),
    plugins: [doorsAsText(code.text, library.code)],
    sourcemap: false,
  });
  const telemetry = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: ['src/telemetry/exporters.ts'],
    outfile: join(folder, telemetryFile),
    sourcemap: false,
  });
  const parts = [library, endpoints, registration, telemetry].map(bundledFiles);
  refuseSecondCopy('@azure/functions', parts);
  return { files: parts.flat(), sourceMap: sourceMap.contents };
}

const importsOf = (pattern, root) =>
  globSync(pattern, { cwd: root })
    .toSorted()
    .map((file) => `import './${file.replaceAll('\\', '/')}';`)
    .join('\n');

const telemetryApart = {
  name: 'telemetry-apart',
  setup(bundler) {
    const path = `./${telemetryFile}`;
    bundler.onResolve({ filter: /^\.\/exporters$/ }, () => ({ path, external: true }));
  },
};

/** What is behind the registration: its code stands in the bundle as texts, each compiled when it is first required. */
const doorsAsText = (code, apart) => ({
  name: 'endpoints-as-text',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\/app$/ }, ({ path }) => ({ path, namespace: 'text' }));
    bundler.onLoad({ filter: /.*/, namespace: 'text' }, () => ({
      contents: `
        const { compileFunction, constants } = require('node:vm');
        const run = compileFunction(
          ${JSON.stringify(code)},
          ['exports', 'require', 'module', '__filename', '${libraryCode}'],
          {
            filename: __filename + '#endpoints',
            importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
          },
        );
        run(exports, require, module, __filename, ${JSON.stringify(apart)});`,
    }));
  },
});

/** The files of which something is in a bundle. */
const bundledFiles = ({ metafile }) =>
  Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file),
  );

/** Two copies of a library that keeps state would not know of each other. */
function refuseSecondCopy(name, parts) {
  const holders = parts.filter((inputs) =>
    inputs.some((file) => file.includes(`node_modules/${name}/`)),
  );
  if (holders.length !== 1)
    throw new Error(`${name} stands in ${holders.length} parts of the package.`);
}
