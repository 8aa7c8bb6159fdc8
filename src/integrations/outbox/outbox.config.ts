import { defineConfig, integer } from '../../platform/config';

const HOUR_MS = 3_600_000;

/** Limits of the outbox for the Monitoring service. */
export class OutboxConfig extends defineConfig({
  title: 'Outbox of metrics',
  variables: {
    OUTBOX_MAX_ROWS: integer(1, 10_000_000, {
      default: 100_000,
      desc: 'Maximum number of metrics waiting for the Monitoring service; beyond it, the oldest of the tenant with the most are dropped',
    }),
    OUTBOX_MAX_AGE_HOURS: integer(1, 8760, {
      default: 168,
      desc: 'Hours that a metric may wait for the Monitoring service',
    }),
  },
  config: (env) => ({ maxRows: env.OUTBOX_MAX_ROWS, maxAgeMs: env.OUTBOX_MAX_AGE_HOURS * HOUR_MS }),
}) {}
