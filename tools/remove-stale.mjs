// Removes compiled files whose source no longer exists. The compiler leaves them there, but "main" of package.json
// would still load their functions, and a file wins over a folder with its name. Keeps everything else, because tests
// may be running from it.
import { existsSync, globSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

for (const compiled of globSync('{bench,cli,local,power-automate,src,trial}/**/*.js', {
  cwd: join(root, 'dist'),
})) {
  const source = join(root, compiled);
  // JavaScript sources are copied, not compiled.
  if (existsSync(source) || existsSync(source.replace(/\.js$/, '.ts'))) continue;
  rmSync(join(root, 'dist', compiled));
  rmSync(join(root, 'dist', `${compiled}.map`), { force: true });
  console.log(`Removed dist/${compiled}, which has no source any more.`);
}
