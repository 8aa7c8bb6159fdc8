import { defineConfig, integer } from '../platform/config';

export class HealthConfig extends defineConfig({
  title: 'Health reports',
  variables: {
    HEALTH_REPORT_SECONDS: integer(1, 3600, {
      default: 30,
      desc: 'Interval of health reports to the Monitoring service',
    }),
  },
  config: (env) => ({ reportMs: env.HEALTH_REPORT_SECONDS * 1000 }),
}) {}
