import type { CleanedEnv } from 'envalid';
import type { ReconcilerConfig } from './app-config';
import { integer } from './validators';

/** How often engines are reconciled, and how long orphans are kept. */
export const RECONCILER_ENVIRONMENT = {
  RECONCILE_SECONDS: integer(
    1,
    3600,
  )({ default: 30, desc: 'Interval for comparing engines with the stored instances' }),
  ORPHAN_GRACE_SECONDS: integer(
    -1,
    31_536_000,
  )({
    default: 86_400,
    desc: 'Time after which resources at an engine that belong to no instance are removed; -1 means never',
  }),
};

export function toReconciler(env: CleanedEnv<typeof RECONCILER_ENVIRONMENT>): ReconcilerConfig {
  const seconds = env.ORPHAN_GRACE_SECONDS;
  return {
    intervalMs: env.RECONCILE_SECONDS * 1000,
    orphanGraceMs: seconds < 0 ? undefined : seconds * 1000,
  };
}
