import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from './cluster';

const LONGEST_DRAIN_MS = 300_000;
const LOOK_EVERY_MS = 100;

export async function openOperations(cluster: Cluster, database: string): Promise<number> {
  const { open } = await cluster.numbers<'open'>(
    database,
    `SELECT count(*)::int AS open FROM resource_operations WHERE status IN ('pending', 'running')`,
  );
  return open;
}

/** Waits until no operation is open; returns the seconds that took. */
export async function drained(cluster: Cluster, database: string): Promise<number> {
  const started = performance.now();
  const elapsedMs = (): number => performance.now() - started;
  while ((await openOperations(cluster, database)) > 0) {
    if (elapsedMs() > LONGEST_DRAIN_MS) throw new Error('the workers do not get through their queue');
    await delay(LOOK_EVERY_MS);
  }
  return elapsedMs() / 1000;
}
