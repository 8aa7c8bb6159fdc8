const Sequencer = require('@jest/test-sequencer').default;

/** Projects to run first: a fresh clone has no timings, and a long file that starts last would run alone. */
const LONGEST = ['chaos', 'docs'];

module.exports = class extends Sequencer {
  sort(tests) {
    const isLong = ({ context }) => LONGEST.includes(context.config.displayName?.name);
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
