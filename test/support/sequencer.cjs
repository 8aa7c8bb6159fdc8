const Sequencer = require('@jest/test-sequencer').default;

/** The longest suites, which start processes: a fresh clone knows no durations, and the last file runs alone. */
const LONGEST = ['chaos', 'docs'];

module.exports = class extends Sequencer {
  sort(tests) {
    const isLong = ({ context }) => LONGEST.includes(context.config.displayName?.name);
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
