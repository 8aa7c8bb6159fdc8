const Sequencer = require('@jest/test-sequencer').default;

/** Projects and files to run first: a fresh clone has no timings, and a long file that starts last would run alone. */
const LONGEST = ['chaos', 'docs'];
const LONGEST_FILES = /integration-faults|embedded\.database|directory-lock|bad-input-large|swagger-ui/;

module.exports = class extends Sequencer {
  sort(tests) {
    const isLong = ({ context, path }) =>
      LONGEST.includes(context.config.displayName?.name) || LONGEST_FILES.test(path);
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
