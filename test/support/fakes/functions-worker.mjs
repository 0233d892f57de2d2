// Loads an app as the Node.js worker of Azure Functions does, and prints what it registered as one JSON object.
// node functions-worker.mjs <app folder>
import { globSync, readFileSync } from 'node:fs';
import { Module, createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const functions = [];
const hooks = [];
let model;

// The part of the worker's own module that the library uses.
const core = {
  setProgrammingModel: (given) => (model = given),
  getProgrammingModel: () => model,
  registerFunction: ({ name, bindings }) => {
    functions.push({ name, bindings });
    return { dispose: () => undefined };
  },
  registerHook: (name) => {
    hooks.push(name);
    return { dispose: () => undefined };
  },
  log: () => undefined,
};
// oxlint-disable-next-line typescript/unbound-method -- it is called with its caller's `this`
const ownRequire = Module.prototype.require;
Module.prototype.require = function (id) {
  return id === '@azure/functions-core' ? core : ownRequire.call(this, id);
};

async function load() {
  process.chdir(folder);
  const { main, type } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = globSync(main, { cwd: folder });
  const fromApp = createRequire(join(folder, 'package.json'));
  for (const file of files) {
    const path = join(folder, file);
    if (extname(file) === '.mjs' || type === 'module') await import(pathToFileURL(path).href);
    else fromApp(path);
  }
  // The worker calls this once; then the library starts its own server for HTTP streams, if enabled.
  const capabilities = await model.getCapabilities({});
  // That server would keep the process alive.
  process.stdout.write(JSON.stringify({ files, functions, hooks, capabilities }), () =>
    process.exit(),
  );
}

await load();
