import { defineConfig, integer } from '../../../platform/config';

export class WarmPoolsConfig extends defineConfig({
  title: 'Warm pools',
  variables: {
    WARM_POOL_MAX: integer(0, 1000, {
      default: 20,
      desc: 'Maximum number of instances that all warm pools together keep prepared',
    }),
  },
  config: (env): { maxInstances: number } => ({ maxInstances: env.WARM_POOL_MAX }),
}) {}
