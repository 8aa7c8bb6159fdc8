/**
 * Drops the lines that were received before a reconnect from those that are resent after it. What is resent begins
 * with the last lines of the console, as many as are remembered: the longest overlap decides.
 *
 * Lines are lost or repeated only if more were printed meanwhile than are remembered, or if they all repeat each other.
 */
export class ConsoleOverlap {
  private readonly resent: string[] = [];
  /** First remembered line of the longest overlap that the resent lines allow. */
  private start = 0;
  private isDecided = false;

  constructor(private readonly remembered: readonly string[]) {}

  /** Whether none of the remembered lines was resent: some in between are missing. */
  get isGap(): boolean {
    return this.remembered.length > 0 && this.start === this.remembered.length;
  }

  /** The lines that are known to be new, now that this one is resent. */
  take(line: string): readonly string[] {
    if (this.isDecided) return [line];
    this.resent.push(line);
    while (!this.isPossible()) this.start++;
    const overlap = this.remembered.length - this.start;
    if (this.resent.length <= overlap) return [];
    this.isDecided = true;
    return this.resent.slice(overlap);
  }

  private isPossible(): boolean {
    const compared = this.resent.slice(0, this.remembered.length - this.start);
    return compared.every((line, index) => line === this.remembered[this.start + index]);
  }
}
