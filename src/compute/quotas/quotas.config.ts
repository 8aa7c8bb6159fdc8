import type { TenantAmounts } from './quota';
import { bound, defineConfig } from '../../platform/config';

export class QuotasConfig extends defineConfig({
  title: 'Quotas',
  variables: {
    QUOTA_INSTANCES: bound({
      default: -1,
      desc: 'Maximum number of instances per tenant; -1 means no limit',
    }),
    QUOTA_VCPUS: bound({
      default: -1,
      desc: 'Maximum number of virtual CPUs per tenant; -1 means no limit',
    }),
    QUOTA_RAM_GB: bound({ default: -1, desc: 'Maximum memory per tenant; -1 means no limit' }),
    QUOTA_DISK_GB: bound({ default: -1, desc: 'Maximum disk space per tenant; -1 means no limit' }),
    QUOTA_GPUS: bound({ default: -1, desc: 'Maximum number of GPUs per tenant; -1 means no limit' }),
    QUOTA_SNAPSHOTS: bound({
      default: -1,
      desc: 'Maximum number of snapshots per tenant; -1 means no limit',
    }),
    QUOTA_SNAPSHOT_GB: bound({
      default: -1,
      desc: 'Maximum size of the snapshots of a tenant: the disks of their instances, and the memory if they contain it; -1 means no limit',
    }),
  },
  config: (env): { limits: TenantAmounts } => ({
    /** Limits of tenants without limits set by an operator; -1 means unlimited. */
    limits: {
      instances: env.QUOTA_INSTANCES,
      vcpus: env.QUOTA_VCPUS,
      ramGB: env.QUOTA_RAM_GB,
      diskGB: env.QUOTA_DISK_GB,
      gpus: env.QUOTA_GPUS,
      snapshots: env.QUOTA_SNAPSHOTS,
      snapshotGB: env.QUOTA_SNAPSHOT_GB,
    },
  }),
}) {}
