import { isBuiltin } from 'node:module';
import { build } from 'esbuild';

/** A library, a quarter of everything, that a single meeting does not need. */
export const libraryApart = '@azure/storage-blob';
const entry = `export { ContainerClient } from '${libraryApart}';`;

/** By this name the code that needs the library finds the library's code. */
export const libraryCode = 'storageBlobCode';

/**
 * Bundles that library on its own, to be compiled when it is first required. Gives its code, and a plugin that puts the
 * loading of it in its place.
 */
export async function bundleLibraryApart(options) {
  const bundle = (more) =>
    build({
      ...options,
      stdin: { contents: entry, resolveDir: options.absWorkingDir },
      plugins: [shared, ...options.plugins],
      sourcemap: false,
      write: false,
      ...more,
    });
  const readable = await bundle({ format: 'esm', minify: false });
  const { outputFiles, metafile } = await bundle({});
  const names = importedNames(readable.outputFiles[0].text);
  return { code: outputFiles[0].text, metafile, plugin: loading(names) };
}

/** What it has in common with other libraries stays with them, so that there is one copy of it. */
const shared = {
  name: 'shared',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path === libraryApart ? undefined : { path, external: true },
    );
  },
};

const importStatement = /^import (?:\{([^}]+)\}|\* as (\w+)|\w+) from "([^"]+)";$/gm;

/** What a bundled ES module imports from other libraries: their names, and the names of theirs that it uses. */
function importedNames(code) {
  const names = new Map();
  for (const [, list, namespace, library] of code.matchAll(importStatement)) {
    if (isBuiltin(library)) continue;
    const used =
      namespace === undefined
        ? list.split(',').map((name) => name.trim().split(' as ')[0])
        : [...code.matchAll(new RegExp(`\\b${namespace}\\.(\\w+)`, 'g'))].map(([, name]) => name);
    names.set(library, new Set([...(names.get(library) ?? []), ...used]));
  }
  return names;
}

const loading = (names) => ({
  name: 'library-apart',
  setup(bundler) {
    bundler.onResolve({ filter: new RegExp(`^${libraryApart}$`) }, ({ path }) => ({
      path,
      namespace: 'apart',
    }));
    bundler.onLoad({ filter: /.*/, namespace: 'apart' }, () => ({
      contents: toLoader(names),
      resolveDir: bundler.initialOptions.absWorkingDir,
    }));
  },
});

function toLoader(names) {
  const libraries = [...names].map(([library, used], index) => ({
    library,
    imports: [...used].map((name) => ({ name, local: `from${index}_${name}` })),
  }));
  return `
    import { compileFunction } from 'node:vm';
    ${libraries.map(toImport).join('\n')}
    const shared = { ${libraries.map(toMember).join(', ')} };
    const library = { exports: {} };
    compileFunction(${libraryCode}, ['exports', 'require', 'module', '__filename'], {
      filename: __filename + '#storage-blob',
    })(library.exports, (name) => shared[name] ?? require(name), library, __filename);
    export const { ContainerClient } = library.exports;`;
}

const toImport = ({ library, imports }) =>
  `import { ${imports.map(({ name, local }) => `${name} as ${local}`).join(', ')} } from '${library}';`;

const toMember = ({ library, imports }) =>
  `'${library}': { ${imports.map(({ name, local }) => `${name}: ${local}`).join(', ')} }`;
