import { Logger } from '@nestjs/common';
import { backoffMs, sleep } from '../../platform/async/sleep';
import type { EngineEvents } from '../../drivers';

const RECONNECT = { firstMs: 1000, lastMs: 30_000 };
/** Changed instances that wait to be checked; beyond that, the whole engine is compared instead. */
const MAX_CHANGED = 10_000;
const AT_ONCE = 48;
/** Tenants can cause unreadable events, and each asks for a comparison. */
const COMPARE_EVERY_MS = 10_000;

export interface Checks {
  /** Checks instances; resolves with those that have an open operation. */
  readonly check: (ids: readonly string[]) => Promise<readonly string[]>;
  /** Compares everything, because events were missed. */
  readonly compare: () => Promise<void>;
  /** The connection to the engine is lost. */
  readonly lost: () => Promise<void>;
}

/**
 * Follows the events of one engine and checks the instances that they name.
 *
 * Events only say where to look. An instance with an open operation is checked when that has ended: its guest may have
 * ended while the operation was being recorded. The periodic comparison finds what is missed here.
 */
export class EngineWatch {
  private readonly logger = new Logger('Reconciler');
  private readonly changed = new Set<string>();
  private readonly busy = new Set<string>();
  private checking: Promise<void> | undefined;
  private comparing: Promise<void> | undefined;
  private isComparisonWanted = false;
  private isConnected = true;

  constructor(
    private readonly driver: { readonly kind: string; readonly events: EngineEvents },
    private readonly checks: Checks,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves when the signal aborts. */
  async run(): Promise<void> {
    let failures = 0;
    for (let isFirst = true; !this.isEnding(); isFirst = false) {
      try {
        for await (const event of this.driver.events.watch(this.signal)) {
          failures = 0;
          if (event.kind === 'changed') this.take(event.instanceId);
          else if (event.kind === 'missed') this.missed();
          // The reconciler compares everything at the start.
          else await this.connected({ isFirst });
        }
      } catch (error) {
        await this.disconnected(error);
      }
      await sleep(backoffMs(++failures, RECONNECT), this.signal);
    }
    await Promise.all([this.checking, this.comparing]);
  }

  /** An instance has a new version; it is checked if it was busy before. */
  instanceChanged(instanceId: string): void {
    if (this.busy.delete(instanceId)) this.take(instanceId);
  }

  /** Changes of instances may have been missed. */
  resync(): void {
    for (const id of this.busy) this.instanceChanged(id);
  }

  private take(instanceId: string): void {
    if (this.changed.size >= MAX_CHANGED) return;
    this.changed.add(instanceId.toLowerCase());
    this.checking ??= this.checkAll().finally(() => {
      this.checking = undefined;
    });
  }

  private missed(): void {
    this.isComparisonWanted = true;
    this.comparing ??= this.compareWhileWanted().finally(() => {
      this.comparing = undefined;
    });
  }

  /** Compares at once, then at most once per interval. */
  private async compareWhileWanted(): Promise<void> {
    while (this.isComparisonWanted && !this.isEnding()) {
      this.isComparisonWanted = false;
      try {
        await this.checks.compare();
      } catch (error) {
        this.logger.warn(
          { err: error, driver: this.driver.kind },
          'failed to compare the engine after an unreadable event; the next comparison will',
        );
      }
      await sleep(COMPARE_EVERY_MS, this.signal);
    }
  }

  private async checkAll(): Promise<void> {
    while (this.changed.size > 0 && !this.isEnding()) {
      const isFull = this.changed.size >= MAX_CHANGED;
      const ids = [...this.changed].slice(0, AT_ONCE);
      for (const id of ids) this.changed.delete(id);
      try {
        if (isFull) {
          this.changed.clear();
          await this.checks.compare();
        } else {
          // Before the check: an operation that ends meanwhile makes `instanceChanged` take the instance again.
          for (const id of ids) this.busy.add(id);
          const busy = new Set(await this.checks.check(ids));
          for (const id of ids) if (!busy.has(id)) this.busy.delete(id);
        }
      } catch (error) {
        for (const id of ids) this.busy.delete(id);
        if (this.isEnding()) return;
        this.logger.warn(
          { err: error, driver: this.driver.kind, instances: ids.length },
          'failed to check instances that the engine reported; the next comparison will',
        );
      }
    }
  }

  private async connected({ isFirst }: { readonly isFirst: boolean }): Promise<void> {
    if (!this.isConnected)
      this.logger.log({ driver: this.driver.kind }, 'the engine reports its events again');
    this.isConnected = true;
    if (!isFirst) await this.checks.compare();
  }

  private isEnding(): boolean {
    return this.signal.aborted;
  }

  private async disconnected(error: unknown): Promise<void> {
    const isNew = this.isConnected && !this.isEnding();
    this.isConnected = false;
    if (isNew) {
      this.logger.warn(
        { err: error, driver: this.driver.kind },
        'the engine does not report its events; changes are found by comparison until it does',
      );
      await this.checks.lost();
    }
  }
}
