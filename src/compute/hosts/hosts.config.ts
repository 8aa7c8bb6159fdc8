import { defineConfig, setting } from '../../platform/config';

function parseReplicaUrl(value: string): string {
  if (value === '' || /^https?:\/\/([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/.test(value)) return value;
  throw new TypeError('must look like http://10.0.0.5:8081, without a path');
}

export class HostsConfig extends defineConfig({
  title: 'Hosts',
  variables: {
    REPLICA_URL: setting(parseReplicaUrl, {
      default: '',
      desc: 'URL at which other replicas reach this one, e.g. http://10.0.0.5:8081, to forward sessions of the virtual machines on its host; empty means that they refuse such sessions',
    }),
  },
  config: (env) => ({
    /** Without a path; null if other replicas cannot reach this one. */
    replicaUrl: env.REPLICA_URL === '' ? null : env.REPLICA_URL,
  }),
}) {}
