import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setMaxListeners } from 'node:events';
import { DriverRegistry } from '../../drivers';
import { ResourceSignals } from '../resources';
import { HostsService } from '../hosts';
import { asInventoryHost } from './discarding';
import { EngineWatch, type Checks } from './engine-watch';
import { Reconciler } from './reconciler';

/** Follows the events of every engine that reports them: a guest that ends on its own is noticed immediately. */
@Injectable()
export class EngineWatcher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly drivers: DriverRegistry,
    private readonly hosts: HostsService,
    private readonly reconciler: Reconciler,
    private readonly signals: ResourceSignals,
  ) {}

  onApplicationBootstrap(): void {
    const { signal } = this.stopping;
    setMaxListeners(0, signal);
    const watches = this.drivers.active().flatMap((driver) => {
      const { events } = driver.abilities;
      if (!events) return [];
      const checks: Checks = {
        check: (ids) => this.reconciler.check(driver, ids, signal),
        compare: async () => {
          const host = this.hosts.of(driver);
          const compared = host && asInventoryHost(host);
          if (compared) await this.reconciler.compare(compared, signal);
        },
        lost: () => this.reconciler.contactLost(driver, signal),
      };
      return [new EngineWatch({ kind: driver.kind, events }, checks, signal)];
    });
    if (watches.length === 0) return;
    this.signals.on('changed', (_, id) => {
      for (const watch of watches) watch.instanceChanged(id);
    });
    this.signals.on('resync', () => {
      for (const watch of watches) watch.resync();
    });
    this.running = Promise.all(watches.map((watch) => watch.run()));
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}
