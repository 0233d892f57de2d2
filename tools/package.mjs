// Makes the folder that is deployed: the app and everything it needs at run time in one file.
// node tools/package.mjs [folder], by default dist/package. Needs no compiled files.
import { globSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { noticesOf } from './third-party-notices.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const mainFile = 'app.js';
const mostBytes = 1_200_000;

/**
 * Parts of libraries that this app cannot reach. Each is a file's end of path and what stands in its place; a part that
 * is no longer found stops the packaging, so that nobody relies on a replacement that has become void.
 */
const unreachable = [
  // Kubernetes' workload identity, which brings all of MSAL's interactive flows; App Service never offers it.
  {
    path: '@azure/identity/dist/esm/credentials/managedIdentityCredential/tokenExchangeMsi.js',
    contents: `export const tokenExchangeMsi = { name: 'tokenExchangeMsi', isAvailable: async () => false };`,
  },
  // MSAL signs with it where an app proves who it is by a certificate; a managed identity has none.
  { path: 'jsonwebtoken/index.js', contents: 'module.exports = {};' },
  // A WebAssembly checksum of blobs, computed only for callers who ask for it.
  {
    path: '@azure/storage-common/dist/esm/crc64.js',
    contents: `export default async function () { throw new Error('CRC64 is not part of this package.'); }`,
  },
];

const withoutUnreachable = {
  name: 'without-unreachable',
  setup(bundler) {
    const missing = new Set(unreachable.map(({ path }) => path));
    bundler.onLoad({ filter: /node_modules/ }, ({ path: file }) => {
      const part = unreachable.find(({ path }) => file.replaceAll('\\', '/').endsWith(path));
      if (part === undefined) return undefined;
      missing.delete(part.path);
      return { contents: part.contents, loader: 'js' };
    });
    bundler.onEnd(() => ({
      errors: [...missing].map((path) => ({ text: `${path} was not found.` })),
    }));
  },
};

/** As large as half of the rest, and loaded only where telemetry is sent: a file of its own, which costs nothing at start. */
const telemetry = 'telemetry-export';

const telemetryApart = {
  name: 'telemetry-apart',
  setup(bundler) {
    bundler.onResolve({ filter: new RegExp(`^\\./${telemetry}$`) }, () => ({
      path: `./${telemetry}.js`,
      external: true,
    }));
  },
};

const options = {
  absWorkingDir: root,
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

async function bundle(folder) {
  const functions = globSync('src/functions/*.ts', { cwd: root }).toSorted();
  const app = await build({
    ...options,
    stdin: {
      contents: functions.map((file) => `import './${file.replaceAll('\\', '/')}';`).join('\n'),
      resolveDir: root,
    },
    outfile: join(folder, mainFile),
    plugins: [telemetryApart, withoutUnreachable],
  });
  const exporters = await build({
    ...options,
    entryPoints: [`src/${telemetry}.ts`],
    outfile: join(folder, `${telemetry}.js`),
  });
  return {
    inputs: { ...app.metafile.inputs, ...exporters.metafile.inputs },
    outputs: app.metafile.outputs,
  };
}

async function writeRest(folder, metafile) {
  const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const manifest = { name, version, private: true, license, main: mainFile };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(join(folder, 'host.json'), await readFile(join(root, 'host.json')));
  await writeFile(
    join(folder, 'THIRD-PARTY-NOTICES.txt'),
    await noticesOf(Object.keys(metafile.inputs), root),
  );
}

async function report(folder) {
  const files = globSync('**/*', { cwd: folder }).toSorted();
  for (const file of files) {
    const bytes = await readFile(join(folder, file));
    console.log(
      `${file}  ${kilobytes(bytes.length)} (${kilobytes(gzipSync(bytes).length)} compressed)`,
    );
  }
  console.log(`${files.length} files in ${folder}`);
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

const folder = resolve(process.argv[2] ?? join(root, 'dist/package'));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const metafile = await bundle(folder);
// Of no use at run time; kept beside the package for whoever reads a stack trace.
for (const file of [mainFile, `${telemetry}.js`]) {
  await rename(
    join(folder, `${file}.map`),
    join(dirname(folder), `${basename(folder)}.${file}.map`),
  );
}
await writeRest(folder, metafile);
await report(folder);
const [{ bytes }] = Object.values(metafile.outputs).filter(
  ({ entryPoint }) => entryPoint !== undefined,
);
if (bytes > mostBytes) {
  console.error(`${mainFile} has ${kilobytes(bytes)}; at most ${kilobytes(mostBytes)} are wanted.`);
  process.exitCode = 1;
}
