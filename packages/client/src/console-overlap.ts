/**
 * Returns the new lines of `resent`: those after the last received line. Undefined if `resent` contains no received
 * line. If repeated lines allow several results, returns the longest, so that no line is lost.
 */
export function linesAfter(
  received: readonly string[],
  resent: readonly string[],
): readonly string[] | undefined {
  for (let end = received.length; end <= resent.length; end++) {
    if (isEqual(received, resent.slice(end - received.length, end))) return resent.slice(end);
  }
  // The console has dropped the oldest received lines.
  for (let end = Math.min(received.length - 1, resent.length); end > 0; end--) {
    if (isEqual(received.slice(-end), resent.slice(0, end))) return resent.slice(end);
  }
  return undefined;
}

/**
 * Drops the remembered lines from a stream that resends them, one line at a time, because a stream does not show where
 * the resent lines end. The first resent line must be a remembered one or newer; the longest possible overlap counts.
 */
export class ConsoleOverlap {
  private readonly resent: string[] = [];
  /** First remembered line of the longest overlap that the resent lines allow. */
  private start = 0;
  private isDecided = false;

  constructor(private readonly remembered: readonly string[]) {}

  /** Whether the stream resent none of the remembered lines, so that some in between are missing. */
  get isGap(): boolean {
    return this.remembered.length > 0 && this.start === this.remembered.length;
  }

  /** Takes the next line of the stream and returns the lines now known to be new. */
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

function isEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((line, index) => line === others[index]);
}
