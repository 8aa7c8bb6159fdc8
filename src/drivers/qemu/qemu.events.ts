import { setMaxListeners } from 'node:events';
import { AutoResetEvent } from '../../platform/async/auto-reset-event';
import { forEachConcurrent } from '../../platform/async/for-each-concurrent';
import type { EngineEvent, EngineEvents, InventoryItem } from '../port/abilities';
import { isOn } from '../port/driver-call';
import { idsBelow, InstanceDirectory } from './files/instance-directory';
import { followEvents } from './qmp/event-monitor';
import { asDriverError, codeOf } from './qemu.errors';

const CONCURRENCY = 8;

/**
 * Events of the machines of this host. A machine is followed when the watch begins, after each change by this process,
 * and when a listing finds it running, which includes those that other processes have started.
 */
export class QemuEvents implements EngineEvents {
  private readonly watches = new Set<MachinesWatch>();

  constructor(
    private readonly root: string,
    private readonly deployment: string,
  ) {}

  async *watch(signal: AbortSignal): AsyncGenerator<EngineEvent> {
    const watch = new MachinesWatch();
    const end = (): void => watch.end();
    signal.addEventListener('abort', end, { once: true });
    this.watches.add(watch);
    try {
      await this.followAll(watch);
      yield { kind: 'connected' };
      while (!signal.aborted) {
        for (const instanceId of await watch.next()) yield { kind: 'changed', instanceId };
      }
    } catch (error) {
      if (!signal.aborted) throw asDriverError(error);
    } finally {
      signal.removeEventListener('abort', end);
      this.watches.delete(watch);
      watch.end();
    }
  }

  /** This process has created, started, stopped or removed the machine. */
  async changed(directory: InstanceDirectory): Promise<void> {
    for (const watch of this.watches) {
      watch.report(directory.id);
      await watch.follow(directory);
    }
  }

  /** Follows the machines of a listing that run and are not followed yet. */
  async followRunning(items: readonly InventoryItem[]): Promise<void> {
    const running = items.filter(({ observation }) => isOn(observation));
    for (const watch of this.watches) {
      await forEachConcurrent([...running], CONCURRENCY, ({ instanceId }) =>
        watch.follow(new InstanceDirectory(this.root, instanceId)),
      );
    }
  }

  private async followAll(watch: MachinesWatch): Promise<void> {
    await forEachConcurrent([...(await idsBelow(this.root))], CONCURRENCY, async (id) => {
      const directory = new InstanceDirectory(this.root, id);
      const state = await directory.readState().catch(() => undefined);
      if (state?.deployment === this.deployment) await watch.follow(directory);
    });
  }
}

/** Connections to machines, and which of them have changed. */
class MachinesWatch {
  private readonly ending = new AbortController();
  private readonly followed = new Set<string>();
  private readonly changed = new Set<string>();
  private readonly wake = new AutoResetEvent();

  constructor() {
    setMaxListeners(0, this.ending.signal);
  }

  /** The machines that have changed since the last call; waits for one, or for the end. */
  async next(): Promise<readonly string[]> {
    await this.wake.wait();
    const ids = [...this.changed];
    this.changed.clear();
    return ids;
  }

  report(id: string): void {
    this.changed.add(id);
    this.wake.set();
  }

  async follow(directory: InstanceDirectory): Promise<void> {
    const { id } = directory;
    const { signal } = this.ending;
    if (signal.aborted || this.followed.has(id)) return;
    this.followed.add(id);
    const closed = (): void => {
      this.followed.delete(id);
      this.report(id);
      // It may have been started again already.
      void this.follow(directory);
    };
    try {
      await followEvents(directory, { changed: () => this.report(id), closed, signal });
    } catch (error) {
      this.followed.delete(id);
      // The process has ended without removing its socket. Any other error means that it has no second monitor, because
      // it does not run or was started by an older version, or that too many service processes wait for it.
      if (codeOf(error) === 'ECONNREFUSED') this.report(id);
    }
  }

  end(): void {
    this.ending.abort();
    this.wake.set();
  }
}
