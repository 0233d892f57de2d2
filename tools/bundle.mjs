import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { fromApp, leaveOut } from './bundle-plugins.mjs';
import { withoutUnreachable } from './unreachable.mjs';

/** Registers the functions and does nothing else, because the host waits while it loads this file. */
export const functionsFile = 'functions.js';
/**
 * The app behind the functions, loaded with the first call: the code for single meetings, and the code that the files
 * below share.
 */
export const appFile = 'app.js';

/** Modules that the app loads on demand with `require`. Each is a separate file with this name. */
const loadedLater = {
  'container-client': 'src/adapters/storage/container-client.ts',
  'csv-parser': 'src/adapters/csv-parser.ts',
  doctor: 'src/app/doctor.ts',
  exporters: 'src/telemetry/exporters.ts',
  invitations: 'src/invitations/index.ts',
  mcp: 'src/mcp/index.ts',
  'not-served': 'src/handlers/http/not-served.ts',
  'open-api': 'src/handlers/http/open-api.ts',
  'page-endpoints': 'src/app/page-endpoints.ts',
  workbook: 'src/workbook/index.ts',
};

/** How this project bundles programs for Node.js. */
export const options = {
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
 * Bundles the app into `folder`: docs/decisions/0004-package.md.
 * @returns The files that contributed to a bundle.
 */
export async function bundleApp(root, folder) {
  const functions = await build({
    ...options,
    absWorkingDir: root,
    outfile: join(folder, functionsFile),
    stdin: { contents: importsOf('src/functions/*.ts', root), resolveDir: root },
    plugins: [leaveOut(new Map([[join(root, 'src/app/app'), appFile]]))],
  });
  const chunks = await mkdtemp(join(tmpdir(), 'convoke-chunks-'));
  try {
    const app = await split(root, chunks);
    const used = new Set((await joinChunks(app, chunks, folder)).map((file) => basename(file)));
    return [...contributions(functions), ...contributions(app, (file) => used.has(basename(file)))];
  } finally {
    await rm(chunks, { recursive: true });
  }
}

/**
 * The app, the modules loaded on demand, and chunks shared by several of them, as ES modules, because the bundler
 * splits only these.
 */
const split = (root, outdir) =>
  build({
    ...options,
    absWorkingDir: root,
    outdir,
    format: 'esm',
    splitting: true,
    minify: false,
    banner: {},
    sourcemap: 'inline',
    // A second copy of the library would not know what the first registered.
    external: [...options.external, '@azure/functions'],
    entryPoints: { app: 'src/app/app.ts', ...loadedLater },
    plugins: [leaveOut(filesLoadedLater(root)), withoutUnreachable],
  });

/**
 * One file for the app and the chunks it imports, and one for each module loaded on demand, which uses the chunks in
 * the app.
 * @returns The chunks contained in the files.
 */
async function joinChunks({ metafile }, chunks, folder) {
  const { imports } = Object.entries(metafile.outputs).find(
    ([file]) => basename(file) === appFile,
  )[1];
  const shared = imports.filter(({ external }) => !external).map(({ path }) => basename(path));
  const exported = shared.map((file, index) => `export * as chunk${index} from './${file}';`);
  const app = await build({
    ...options,
    outfile: join(folder, appFile),
    sourcemap: 'external',
    stdin: { contents: [`export * from './app.js';`, ...exported].join('\n'), resolveDir: chunks },
  });
  const later = await build({
    ...options,
    outdir: folder,
    entryPoints: Object.keys(loadedLater).map((name) => join(chunks, `${name}.js`)),
    plugins: [fromApp(shared, appFile)],
  });
  return [app, later].flatMap((result) => contributions(result));
}

const importsOf = (pattern, root) =>
  globSync(pattern, { cwd: root })
    .toSorted()
    .map((file) => `import './${file.replaceAll('\\', '/')}';`)
    .join('\n');

/** The file of each module that is loaded on demand, by the path in the code. */
const filesLoadedLater = (root) =>
  new Map(
    Object.entries(loadedLater).map(([name, module]) => [
      join(root, module).replace(/(\/index)?\.ts$/, ''),
      `${name}.js`,
    ]),
  );

/** The input files that contribute to the outputs. */
const contributions = ({ metafile }, isUsed = () => true) =>
  Object.entries(metafile.outputs)
    .filter(([output]) => isUsed(output))
    .flatMap(([, { inputs }]) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file);
