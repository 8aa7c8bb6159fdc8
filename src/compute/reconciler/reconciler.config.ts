import { defineConfig, integer } from '../../platform/config';

export class ReconcilerConfig extends defineConfig({
  title: 'Reconciliation',
  variables: {
    RECONCILE_SECONDS: integer(1, 3600, {
      default: 30,
      desc: 'Interval for comparing engines with the stored instances',
    }),
    ORPHAN_GRACE_SECONDS: integer(-1, 31_536_000, {
      default: 86_400,
      desc: 'Time after which resources at an engine that belong to no instance are removed; -1 means never',
    }),
    RESTART_BACKOFF_MS: integer(1, 60_000, {
      default: 1000,
      desc: 'Restart policy: delay before the first restart; it doubles with each restart in a row, up to a minute',
    }),
  },
  config: (env) => ({
    /** Delay between reconciliation runs. */
    intervalMs: env.RECONCILE_SECONDS * 1000,
    firstRestartDelayMs: env.RESTART_BACKOFF_MS,
    /** How long orphans are kept; undefined means forever. */
    orphanGraceMs: env.ORPHAN_GRACE_SECONDS < 0 ? undefined : env.ORPHAN_GRACE_SECONDS * 1000,
  }),
}) {}
