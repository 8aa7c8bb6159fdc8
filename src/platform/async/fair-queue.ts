/** A FIFO queue without the cost of `Array.shift` on a long array. */
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

  pop(): T | undefined {
    return this.length > 0 ? this.items.pop() : undefined;
  }

  /** Returns whether the item was found. Scans all items. */
  remove(item: T): boolean {
    const at = this.items.indexOf(item, this.head);
    if (at === -1) return false;
    this.items.splice(at, 1);
    return true;
  }
}

/** Round-robin queue: serves groups in turn, one item at a time, and each group in order of arrival. */
export class FairQueue<T> {
  private readonly groups = new Map<string, Fifo<T>>();
  private turns = new Fifo<string>();
  private count = 0;

  get length(): number {
    return this.count;
  }

  sizeOf(group: string): number {
    return this.groups.get(group)?.length ?? 0;
  }

  /** The group with the most items; undefined if the queue is empty. */
  largest(): string | undefined {
    const [largest] = [...this.groups].sort(([, one], [, other]) => other.length - one.length);
    return largest?.[0];
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

  /** Removes up to `most` items. Groups that `mayTake` excludes keep their items. */
  take(most: number, mayTake: (group: string) => boolean = () => true): T[] {
    const taken: T[] = [];
    for (let passed = 0; taken.length < most && passed < this.turns.length;) {
      const group = this.turns.shift();
      const items = group === undefined ? undefined : this.groups.get(group);
      if (group === undefined || !items) break;
      if (!mayTake(group)) {
        this.turns.push(group);
        passed++;
        continue;
      }
      const item = items.shift();
      if (item !== undefined) taken.push(item);
      passed = 0;
      if (items.length > 0) this.turns.push(group);
      else this.groups.delete(group);
    }
    this.count -= taken.length;
    return taken;
  }

  /** Removes the newest item of a group. */
  takeNewest(group: string): T | undefined {
    const item = this.groups.get(group)?.pop();
    if (item !== undefined) this.removed(group);
    return item;
  }

  /** Removes an item at any position in its group; does nothing if it was already taken. */
  remove(group: string, item: T): void {
    if (this.groups.get(group)?.remove(item) === true) this.removed(group);
  }

  /** An empty group loses its turn. */
  private removed(group: string): void {
    this.count--;
    if (this.sizeOf(group) > 0) return;
    this.groups.delete(group);
    this.turns.remove(group);
  }
}
