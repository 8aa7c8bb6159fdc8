import { bound, defineConfig, integer } from '../../platform/config';
import type { TenantAmounts } from './quota';

const DAY_SECONDS = 86_400;

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
    RETAIN_MAX_DAYS: integer(1, 3650, {
      default: 30,
      desc: 'Maximum time for which deleted instances are retained, if a delete or the default of the tenant says so',
    }),
  },
  config: (env): { limits: TenantAmounts; maxRetentionDays: number; maxRetentionSeconds: number } => ({
    maxRetentionDays: env.RETAIN_MAX_DAYS,
    maxRetentionSeconds: env.RETAIN_MAX_DAYS * DAY_SECONDS,
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
