import { Injectable, Logger } from '@nestjs/common';
import { ReconcilerConfig } from '../reconciler.config';
import type { InventoryItem } from '../../../drivers';
import { discard, MOST_DISCARDED, type InventoryHost } from '../discarding';
import type { Orphan } from './orphan';
import { OrphansRepository, type Stray } from './orphans.repository';

const IDS_AT_ONCE = 1000;
/** Maximum number of ids in the log line about new orphans. */
const MOST_NAMED = 10;

/** An orphan with its removal time. */
export interface DoomedOrphan extends Orphan {
  /** Unix seconds; null if orphans are never removed. */
  readonly removedAfter: number | null;
}

/** Finds and reports orphans, and removes them after a grace period. */
@Injectable()
export class OrphansService {
  private readonly logger = new Logger('Orphans');
  /** Latest counts of this process, by driver. */
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly config: ReconcilerConfig,
    private readonly repository: OrphansRepository,
  ) {}

  get countOf(): ReadonlyMap<string, number> {
    return this.counts;
  }

  /** The first thousand, oldest first. */
  async list(): Promise<readonly DoomedOrphan[]> {
    const { orphanGraceMs } = this.config;
    return (await this.repository.list()).map((orphan) => ({
      ...orphan,
      removedAfter: orphanGraceMs === undefined ? null : orphan.firstSeenAt + orphanGraceMs / 1000,
    }));
  }

  /** Records which sightings are orphans, and removes those whose grace period is over. */
  async sync(host: InventoryHost, inventory: readonly InventoryItem[], signal: AbortSignal): Promise<void> {
    const strays: Stray[] = [];
    for (let from = 0; from < inventory.length; from += IDS_AT_ONCE) {
      strays.push(...(await this.straysOf(inventory.slice(from, from + IDS_AT_ONCE))));
      signal.throwIfAborted();
    }
    const fresh: string[] = [];
    for (let from = 0; from < strays.length; from += IDS_AT_ONCE) {
      fresh.push(
        ...(await this.repository.upsert(
          { id: host.id, backendId: host.driver.kind },
          strays.slice(from, from + IDS_AT_ONCE),
        )),
      );
    }
    await this.repository.keepOnly(
      host.id,
      strays.map(({ instanceId }) => instanceId),
    );
    if (fresh.length > 0) {
      const instanceIds = fresh.slice(0, MOST_NAMED);
      const known = { driver: host.driver.kind, count: fresh.length, instanceIds };
      this.logger.warn(known, 'the engine has instances that are not in the database');
    }
    const removed = await this.discardOverdue(host, signal);
    this.counts.set(host.driver.kind, strays.length - removed);
  }

  private async straysOf(inventory: readonly InventoryItem[]): Promise<readonly Stray[]> {
    const owned = await this.repository.owned(inventory.map(({ instanceId }) => instanceId));
    return inventory.filter(({ instanceId }) => !owned.has(instanceId.toLowerCase()));
  }

  private async discardOverdue(host: InventoryHost, signal: AbortSignal): Promise<number> {
    const { orphanGraceMs } = this.config;
    if (orphanGraceMs === undefined) return 0;
    let removed = 0;
    for (const id of await this.repository.overdue(host.id, orphanGraceMs, MOST_DISCARDED)) {
      if (await this.discard(host, id, signal)) removed += 1;
    }
    return removed;
  }

  private async discard(
    { id: hostId, driver }: InventoryHost,
    id: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    // Its instance may have been restored from a backup since.
    if ((await this.repository.owned([id])).size > 0) return false;
    const told = { driver: driver.kind, instanceId: id };
    const outcome = await discard(driver, id, signal);
    if (outcome.kind === 'failed') {
      this.logger.warn({ ...told, err: outcome.error }, 'failed to remove an orphan; will retry');
      return false;
    }
    await this.repository.remove(hostId, id);
    if (outcome.kind === 'removed') {
      this.logger.warn(told, 'removed an orphan: an instance at the engine that is not in the database');
    }
    return true;
  }
}
