const { default: Sequencer } = require('@jest/test-sequencer');

/** The slowest test files. They run first, because the files that begin last decide when a run ends. */
const longest =
  /test.(trial.short-trial|integration.(page.page|endpoints.calendar|sheets.plan)|.*protocol)\./;

/** The order of https://jestjs.io/docs/configuration#testsequencer-string, except for these. */
module.exports = class extends Sequencer {
  sort(tests) {
    const isLongest = ({ path }) => longest.test(path);
    return super.sort(tests).toSorted((one, other) => isLongest(other) - isLongest(one));
  }
};
