// Explains in one sentence why an old Node.js does not work. Uses only syntax and modules that an old Node.js has.
const minMajor = 22;

if (Number(process.versions.node.split('.')[0]) < minMajor) {
  console.error(
    `Convoke needs Node.js ${minMajor} or newer, and this is ${process.versions.node}. The project brings its own, but its install script was skipped: run "npm rebuild node", or install a newer Node.js.`,
  );
  process.exit(1);
}
