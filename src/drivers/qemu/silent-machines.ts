/** So long after it did not answer for the first time, a machine that still does not answer hangs. */
const HANGS_AFTER_MS = 10_000;
/** Share of the machines of a host from which the engine counts as down. */
const SHARE = 0.1;

/** Status reason of a machine that hangs. */
export const DOES_NOT_ANSWER = 'the engine does not answer for this instance';

/** Which machines did not answer their monitor when they were last asked, and since when. */
export class SilentMachines {
  private readonly since = new Map<string, number>();
  private listed = 0;

  /** The machine has responded or has ended. */
  forget(id: string): void {
    this.since.delete(id);
  }

  /** @returns whether it has not responded for so long that it counts as hanging */
  wasSilent(id: string): boolean {
    const first = this.since.get(id);
    if (first === undefined) this.since.set(id, performance.now());
    return first !== undefined && performance.now() - first >= HANGS_AFTER_MS;
  }

  has(id: string): boolean {
    return this.since.has(id);
  }

  /** Forgets machines that no longer exist. */
  keepOnly(ids: ReadonlySet<string>): void {
    this.listed = ids.size;
    for (const id of this.since.keys()) if (!ids.has(id)) this.since.delete(id);
  }

  /** Undefined unless a tenth of all machines, as they were last listed, do not answer. */
  describe(): string | undefined {
    const silent = this.since.size;
    if (silent === 0 || silent < this.listed * SHARE) return undefined;
    return `${silent} of ${Math.max(silent, this.listed)} virtual machines do not answer`;
  }
}
