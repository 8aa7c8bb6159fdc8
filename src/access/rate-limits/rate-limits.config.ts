import { defineConfig, integer } from '../../platform/config';

export class RateLimitsConfig extends defineConfig({
  title: 'Rate limits',
  variables: {
    RATE_LIMIT_PER_MINUTE: integer(0, 1_000_000, {
      default: 0,
      desc: 'Maximum number of requests per tenant and minute, over all replicas; 0 means no limit',
    }),
  },
  config: (env) => ({
    /** Requests per tenant and minute; 0 means unlimited. */
    perMinute: env.RATE_LIMIT_PER_MINUTE,
  }),
}) {}
