/** First in, first out, without the cost of `Array.shift` on a long array. */
class Fifo<T> {
  private items: T[] = [];
  private head = 0;

  get length(): number {
    return this.items.length - this.head;
  }

  push(item: T): void {
    this.items.push(item);
  }

  shift(): T | undefined {
    const item = this.items[this.head];
    if (this.length > 0) this.head++;
    if (this.head > 1024 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return item;
  }
}

/** A queue that serves its groups in turn, one item at a time, and each group in the order of arrival. */
export class FairQueue<T> {
  private readonly groups = new Map<string, Fifo<T>>();
  private turns = new Fifo<string>();
  private count = 0;

  get length(): number {
    return this.count;
  }

  push(group: string, item: T): void {
    let items = this.groups.get(group);
    if (!items) {
      items = new Fifo();
      this.groups.set(group, items);
      this.turns.push(group);
    }
    items.push(item);
    this.count++;
  }

  /** Removes up to `most` items. */
  take(most: number): T[] {
    const taken: T[] = [];
    while (taken.length < most) {
      const group = this.turns.shift();
      const items = group === undefined ? undefined : this.groups.get(group);
      if (group === undefined || !items) break;
      const item = items.shift();
      if (item !== undefined) taken.push(item);
      if (items.length > 0) this.turns.push(group);
      else this.groups.delete(group);
    }
    this.count -= taken.length;
    return taken;
  }
}
