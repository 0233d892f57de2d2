const { isNativeError } = require('node:util/types');
const { TestEnvironment } = require('jest-environment-node');

/**
 * Where libraries are loaded by Node.js, once for all test files of a worker. Jest would load each of their files again for each
 * test file, which is most of the CPU of a small test. https://jestjs.io/docs/configuration#testenvironment-string
 */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.loadLibrary = require;
    // Libraries take a date for one only if it comes from the same class.
    this.global.Date = Date;
    recogniseErrors(this.global.Error);
  }
};

/**
 * Errors of libraries and of Node.js are errors in a test file too, as they are outside of tests, though Jest gives it an `Error`
 * of its own. https://github.com/jestjs/jest/issues/2549
 */
function recogniseErrors(ErrorOfFile) {
  Object.defineProperty(ErrorOfFile, Symbol.hasInstance, {
    value(thrown) {
      if (this === ErrorOfFile && isNativeError(thrown)) return true;
      return Function.prototype[Symbol.hasInstance].call(this, thrown);
    },
  });
}
