import { defineConfig, matching } from '../config';

export class DeploymentConfig extends defineConfig({
  title: 'Deployment',
  variables: {
    DEPLOYMENT_NAME: matching(/^[a-z0-9-]{1,64}$/, 'up to 64 of a-z, 0-9 and "-"', {
      default: 'default',
      desc: 'Name in the tags of everything that this service creates at engines; an id of the database is appended',
    }),
  },
  config: (env) => ({
    /** Distinguishes resources of this service if several services share an engine. */
    name: env.DEPLOYMENT_NAME,
  }),
}) {}
