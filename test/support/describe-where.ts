/**
 * A suite for what this machine may lack. Where `missing` says what, the suite is skipped, in its title
 * and on the error output: Jest says nothing of files in which all is skipped.
 */
export function describeWhere(missing: string | undefined, title: string, suite: () => void): void {
  if (missing === undefined) {
    describe(title, suite);
    return;
  }
  process.stderr.write(`skipped: ${title}: ${missing}\n`);
  describe.skip(`${title} (skipped: ${missing})`, suite);
}
