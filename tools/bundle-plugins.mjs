import { basename, resolve } from 'node:path';

/** Keeps modules, given by path without `.ts`, in separate files, which are loaded where the code requires them. */
export const leaveOut = (files) => ({
  name: 'leave-out',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\.?\// }, ({ kind, path, resolveDir }) => {
      const file = kind === 'require-call' ? files.get(resolve(resolveDir, path)) : undefined;
      return file && { path: `./${file}`, external: true };
    });
  },
});

/** Loads chunks that are in the app's file from there. */
export const fromApp = (chunks, appFile) => ({
  name: 'from-app',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\/chunk-/ }, ({ path }) => {
      const index = chunks.indexOf(basename(path));
      return index < 0 ? undefined : { path: String(index), namespace: 'app' };
    });
    bundler.onResolve({ filter: /./, namespace: 'app' }, ({ path }) => ({ path, external: true }));
    bundler.onLoad({ filter: /./, namespace: 'app' }, ({ path }) => ({
      contents: `module.exports = require('./${appFile}').chunk${path};`,
    }));
  },
});
