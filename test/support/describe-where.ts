/**
 * Runs a suite if the machine has what it needs. Otherwise skips it, with the reason (`missing`) in its title and on
 * stderr, because Jest prints nothing for a file whose tests are all skipped.
 */
export function describeWhere(missing: string | undefined, title: string, suite: () => void): void {
  if (missing === undefined) {
    describe(title, suite);
    return;
  }
  process.stderr.write(`skipped: ${title}: ${missing}\n`);
  describe.skip(`${title} (skipped: ${missing})`, suite);
}
