import { bound, defineConfig, integer } from '../../platform/config';

const HOUR_MS = 3_600_000;

export class IdempotencyConfig extends defineConfig({
  title: 'Idempotency keys',
  variables: {
    IDEMPOTENCY_KEY_HOURS: integer(1, 720, {
      default: 24,
      desc: 'Hours that a request can be repeated with its Idempotency-Key',
    }),
    QUOTA_IDEMPOTENCY_KEYS: bound({
      default: 100_000,
      desc: 'Maximum number of stored idempotency keys per tenant, one for each 8 KiB of a response; -1 means no limit',
    }),
  },
  config: (env) => ({
    /** How long a request may be repeated with its key. */
    retentionMs: env.IDEMPOTENCY_KEY_HOURS * HOUR_MS,
    /** Keys stored per tenant, one for each 8 KiB of a response; -1 means unlimited. */
    maxKeys: env.QUOTA_IDEMPOTENCY_KEYS,
  }),
}) {}
