import { useEffect, useSyncExternalStore } from 'react';
import { ProblemError, type InstanceDetails } from 'uim-compute-client';
import { useCompute } from '../../../../session/session';
import { NO_USAGE, withStats, type UsageSeries } from './usage-series';

const INTERVAL_MS = 10_000;
/** Instances whose usage is kept while the page is open. */
const MAX_INSTANCES = 20;

const seriesOf = new Map<string, UsageSeries>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function store(id: string, series: UsageSeries): void {
  // Reinserted, so that the oldest is the one that was not looked at for longest.
  seriesOf.delete(id);
  seriesOf.set(id, series);
  for (const oldest of seriesOf.keys()) {
    if (seriesOf.size <= MAX_INSTANCES) break;
    seriesOf.delete(oldest);
  }
  for (const listener of listeners) listener();
}

/** Measurements of the last hour. */
export function useUsage(id: string): UsageSeries {
  return useSyncExternalStore(subscribe, () => seriesOf.get(id) ?? NO_USAGE);
}

/**
 * Measures a running instance while its page is visible. This is the only data of the console that is polled: the
 * service has no stream of measurements, and they are no events.
 */
export function useUsageRecorder({ id, status, abilities }: InstanceDetails): void {
  const compute = useCompute();
  const isMeasured = status === 'running' && abilities.includes('stats');
  useEffect(() => {
    if (!isMeasured) return undefined;
    const controller = new AbortController();
    const measure = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      try {
        const stats = await compute.stats(id, { signal: controller.signal });
        store(id, withStats(seriesOf.get(id) ?? NO_USAGE, stats));
      } catch (error) {
        // A missing value is a gap in the chart; only what will never succeed ends the measurement.
        if (error instanceof ProblemError && error.code === 'stats_unsupported') clearInterval(timer);
      }
    };
    const onVisible = (): void => void measure();
    const timer = setInterval(onVisible, INTERVAL_MS);
    document.addEventListener('visibilitychange', onVisible);
    void measure();
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
      controller.abort();
    };
  }, [compute, id, isMeasured]);
}
