import { CapacityRefresher } from '../../src/compute/quotas/capacity/capacity-refresher';
import type { ComputeDriver } from '../../src/drivers';
import { Reconciler } from '../../src/compute/reconciler';
import { servedBy } from './app';
import { TinyDriver } from './tiny.driver';
import { TinyEngine } from './tiny-engine';
import { useApp, type SuiteApp } from './use-app';

export const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };

interface Orphan {
  readonly driver: string;
  readonly instanceId: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly removedAfter: number | null;
}

/** Starts an application with a `TinyEngine`. The reconciler runs only when a test calls `round`. */
export function useEngine(
  environment: Readonly<Record<string, string>> = {},
  driverOf = (engine: TinyEngine): ComputeDriver => new TinyDriver(engine.url),
): {
  readonly engine: TinyEngine;
  readonly app: SuiteApp;
  readonly round: () => Promise<void>;
  readonly ask: () => Promise<void>;
  readonly orphans: () => Promise<readonly Orphan[]>;
  readonly metrics: () => Promise<string>;
} {
  let engine: TinyEngine | undefined;
  const running = (): TinyEngine => {
    if (!engine) throw new Error('the engine does not run yet');
    return engine;
  };
  beforeAll(async () => {
    engine = await TinyEngine.start();
  });
  afterAll(() => running().stop());
  afterEach(() => running().heal());
  const app = useApp({
    environment: { RECONCILE_SECONDS: '3600', OPERATOR_TOKEN: 'the-token-of-operators', ...environment },
    engines: () => servedBy(driverOf(running())),
  });
  const { signal } = new AbortController();
  return {
    get engine() {
      return running();
    },
    app,
    round: () => app.running.app.get(Reconciler).round(signal),
    ask: () => app.running.app.get(CapacityRefresher).round(signal),
    orphans: async () => {
      const { status, body } = await app
        .as('nobody')
        .get<{ orphans: readonly Orphan[] }>('/orphans', OPERATOR);
      expect(status).toBe(200);
      return body.orphans;
    },
    metrics: async () => (await app.as('nobody').request('/metrics')).text,
  };
}
