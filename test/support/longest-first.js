const { default: Sequencer } = require('@jest/test-sequencer');

/** Test files that take longest. What begins last decides when a run ends, so these begin first. */
const longest =
  /test.(trial.short-trial|integration.(page.page|callers.dotnet-clients|endpoints.calendar|sheets.plan)|infra.compile|.*protocol)\./;

/** In the order of https://jestjs.io/docs/configuration#testsequencer-string, but for these. */
module.exports = class extends Sequencer {
  sort(tests) {
    const isLongest = ({ path }) => longest.test(path);
    return super.sort(tests).toSorted((one, other) => isLongest(other) - isLongest(one));
  }
};
