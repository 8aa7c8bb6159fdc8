/** One counter per group (tenant). Groups with a count of 0 take no memory. */
export class GroupCounts {
  private readonly counts = new Map<string, number>();

  of(group: string): number {
    return this.counts.get(group) ?? 0;
  }

  /** @param change negative to subtract */
  add(group: string, change: number): void {
    const count = this.of(group) + change;
    if (count > 0) this.counts.set(group, count);
    else this.counts.delete(group);
  }
}
