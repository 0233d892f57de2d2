const { default: Sequencer } = require('@jest/test-sequencer');

/** Tests that take a minute, most of it waiting. What begins last decides when a run ends, so these begin first. */
const longest = /test.(trial.short-trial|integration.page.page|integration.callers.dotnet)/;

/** In the order of https://jestjs.io/docs/configuration#testsequencer-string, but for these. */
module.exports = class extends Sequencer {
  sort(tests) {
    const isLongest = ({ path }) => longest.test(path);
    return super.sort(tests).toSorted((one, other) => isLongest(other) - isLongest(one));
  }
};
