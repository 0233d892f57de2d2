// Makes the folder to deploy: the app and everything that it needs at run time, and nothing else. Makes
// convoke-<version>.zip beside it, with a checksum. node tools/package.mjs [folder], by default dist/package. Needs no
// compiled files.
import { globSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { archive } from './archive.mjs';
import { buildPage } from './build-page.mjs';
import { appFile, bundleApp, functionsFile } from './bundle.mjs';
import { noticesOf } from './third-party-notices.mjs';

const usage = `Usage: npm run package -- [folder]

  [folder]     where the files go (dist/package); the zip and its checksum go beside it
  --help, -h   print this
`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const maxBytes = 1_000_000;
const [argument, ...others] = process.argv.slice(2);
if (argument?.startsWith('-') || others.length > 0) {
  const isHelp = argument === '--help' || argument === '-h';
  (isHelp ? process.stdout : process.stderr).write(usage);
  process.exit(isHelp ? 0 : 2);
}
const folder = resolve(argument ?? join(root, 'dist/package'));

const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

async function writeManifest() {
  const manifest = { name, version, private: true, license, main: functionsFile };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function report() {
  const files = globSync('**/*.*', { cwd: folder }).toSorted();
  let total = 0;
  for (const file of files) {
    const bytes = await readFile(join(folder, file));
    total += bytes.length;
    console.log(
      `${kilobytes(bytes.length)} (${kilobytes(gzipSync(bytes).length)} compressed)  ${file}`,
    );
  }
  console.log(`${files.length} files, ${kilobytes(total)}, in ${folder}`);
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const files = [...(await bundleApp(root, folder)), ...(await buildPage(join(folder, 'page')))];
// Not needed at run time; kept beside the package for reading stack traces.
await rename(join(folder, `${appFile}.map`), `${folder}.${appFile}.map`);
await writeManifest();
await copyFile(join(root, 'host.json'), join(folder, 'host.json'));
await writeFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), await noticesOf(files, root));
await report();
const zipPath = join(dirname(folder), `${name}-${version}.zip`);
console.log(`${kilobytes(await archive(folder, zipPath))}  ${zipPath}`);
const { size } = await stat(join(folder, appFile));
if (size > maxBytes) {
  console.error(`${appFile} has ${kilobytes(size)}; the maximum is ${kilobytes(maxBytes)}.`);
  process.exitCode = 1;
}
