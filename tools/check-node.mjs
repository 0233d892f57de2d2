// Says in one sentence why nothing else would work. It uses no syntax and no module that an old Node.js lacks.
const minMajor = 22;

if (Number(process.versions.node.split('.')[0]) < minMajor) {
  console.error(
    `Convoke needs Node.js ${minMajor} or newer, and this is ${process.versions.node}. The project brings its own, but its install script was skipped: run "npm rebuild node", or install a newer Node.js.`,
  );
  process.exit(1);
}
