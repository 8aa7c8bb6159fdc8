import type { CappedGroup, ClaimedOperation, ClaimGroup, ClaimPool } from '../operations';

/** Maximum per claim: a claim must not block the queue for long. */
const CLAIM_BATCH = 100;
/**
 * A group may hold this many times the number of free slots. So a lone group gets four fifths of all slots, two
 * get four ninths each, and a newcomer always finds free slots, however long the others hold theirs.
 */
const SHARE_OF_FREE = 4;

interface Pool {
  readonly limit: number;
  readonly groups: Map<string, Held>;
  held: number;
  /** Tenant after which the next claim starts searching. */
  after: string;
}

interface Held {
  readonly group: ClaimGroup;
  count: number;
}

/** Limits for the next claim. */
export interface Allowance {
  readonly pools: readonly ClaimPool[];
  readonly capped: readonly CappedGroup[];
}

type Slot = Pick<ClaimedOperation, 'hostId' | 'tenantId' | 'isBackground'>;

/** A worker's slots: a limited number per host, shared fairly between tenants. */
export class WorkerSlots {
  private readonly pools = new Map<string, Pool>();
  private capped = new Set<string>();

  /** @param limits the limit of each host that this replica reaches */
  constructor(private readonly limits: () => ReadonlyMap<string, number>) {}

  /** Omits pools without free slots, and groups that may take as much as their pool. */
  allowance(): Allowance {
    const pools: ClaimPool[] = [];
    const capped: CappedGroup[] = [];
    this.capped = new Set();
    for (const [hostId, limit] of this.limits()) {
      if (!this.pools.has(hostId)) this.pools.set(hostId, { limit, groups: new Map(), held: 0, after: '' });
    }
    for (const [hostId, pool] of this.pools) {
      const free = pool.limit - pool.held;
      const room = Math.min(free, CLAIM_BATCH);
      const groupRoom = roomOf(0, free);
      if (room > 0) pools.push({ hostId, room, groupRoom, after: pool.after });
      for (const [key, { group, count }] of pool.groups) {
        const own = roomOf(count, free);
        if (own >= CLAIM_BATCH) continue;
        this.capped.add(key);
        if (room > 0) capped.push({ ...group, room: own });
      }
    }
    return { pools, capped };
  }

  /** Sets the start of the next search of these pools: after the cursor, or at the first tenant. */
  continueAfter(pools: readonly ClaimPool[], cursors: ReadonlyMap<string, string>): void {
    for (const { hostId } of pools) {
      const pool = this.pools.get(hostId);
      if (pool) pool.after = cursors.get(hostId) ?? '';
    }
  }

  take(operation: Slot): void {
    const pool = this.poolOf(operation);
    const key = keyOf(operation);
    const held = pool.groups.get(key) ?? { group: groupOf(operation), count: 0 };
    held.count++;
    pool.held++;
    pool.groups.set(key, held);
  }

  /** @returns whether operations may have been waiting for this slot since the last allowance. */
  release(operation: Slot): boolean {
    const pool = this.poolOf(operation);
    const key = keyOf(operation);
    const wasFull = pool.held >= pool.limit;
    const held = pool.groups.get(key);
    if (held && --held.count === 0) pool.groups.delete(key);
    pool.held--;
    return wasFull || this.capped.has(key);
  }

  private poolOf({ hostId }: Slot): Pool {
    const pool = this.pools.get(hostId);
    if (!pool) throw new Error(`no operation of host "${hostId}" was requested`);
    return pool;
  }
}

/** How many more slots a group with `count` may take while staying within its share of the slots then free. */
function roomOf(count: number, free: number): number {
  const most = SHARE_OF_FREE * free;
  return count >= most ? 0 : Math.max(1, Math.floor((most - count) / (SHARE_OF_FREE + 1)));
}

function groupOf({ hostId, tenantId, isBackground }: Slot): ClaimGroup {
  return { hostId, tenantId, isBackground };
}

function keyOf({ hostId, tenantId, isBackground }: Slot): string {
  return `${hostId} ${isBackground ? 'background' : 'awaited'} ${tenantId}`;
}
