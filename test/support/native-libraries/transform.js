/** In place of a file of a library: what Node.js loads. https://jestjs.io/docs/code-transformation#writing-custom-transformers */
module.exports = { process: () => ({ code: 'module.exports = loadLibrary(__filename);' }) };
