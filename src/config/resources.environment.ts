import type { CleanedEnv } from 'envalid';
import type { Amounts } from '../common/resources';
import type { SimulatedConfig } from './app-config';
import { bound, integer } from './validators';

const HOUR_MS = 3_600_000;

/** Limits of tenants without limits set by an operator. */
export const QUOTA_ENVIRONMENT = {
  QUOTA_INSTANCES: bound({ default: -1, desc: 'Instances that a tenant may have; -1 is no limit' }),
  QUOTA_VCPUS: bound({ default: -1, desc: 'Virtual processors that a tenant may have; -1 is no limit' }),
  QUOTA_RAM_GB: bound({ default: -1, desc: 'Memory that a tenant may have; -1 is no limit' }),
  QUOTA_DISK_GB: bound({ default: -1, desc: 'Disk that a tenant may have; -1 is no limit' }),
  QUOTA_GPUS: bound({ default: -1, desc: 'Graphics processors that a tenant may have; -1 is no limit' }),
  QUOTA_PENDING_OPERATIONS: bound({
    default: 10_000,
    desc: 'Operations of a tenant that may wait or run when it creates more instances; -1 is no limit',
  }),
  QUOTA_IDEMPOTENCY_KEYS: bound({
    default: 100_000,
    desc: 'Idempotency keys that are kept for a tenant, one for each 8 KiB of an answer; -1 is no limit',
  }),
};

/** Behavior and capacity of the simulated engine. */
export const SIMULATED_ENVIRONMENT = {
  PROVISION_DELAY_MS: integer(
    0,
    HOUR_MS,
  )({ default: 2000, desc: 'Simulated driver: time from creating to running' }),
  RESTART_DELAY_MS: integer(
    0,
    HOUR_MS,
  )({ default: 1000, desc: 'Simulated driver: time from restarting to running' }),
  SIMULATED_VCPUS: bound({
    default: -1,
    desc: 'Simulated driver: virtual processors that it has room for; -1 is not known',
  }),
  SIMULATED_RAM_GB: bound({
    default: -1,
    desc: 'Simulated driver: memory that it has room for; -1 is not known',
  }),
  SIMULATED_DISK_GB: bound({
    default: -1,
    desc: 'Simulated driver: disk that it has room for; -1 is not known',
  }),
  SIMULATED_GPUS: bound({
    default: -1,
    desc: 'Simulated driver: graphics processors that it has room for; -1 is not known',
  }),
};

export function toLimits(env: CleanedEnv<typeof QUOTA_ENVIRONMENT>): Amounts {
  return {
    instances: env.QUOTA_INSTANCES,
    vcpus: env.QUOTA_VCPUS,
    ramGB: env.QUOTA_RAM_GB,
    diskGB: env.QUOTA_DISK_GB,
    gpus: env.QUOTA_GPUS,
  };
}

export function toSimulated(env: CleanedEnv<typeof SIMULATED_ENVIRONMENT>): SimulatedConfig {
  return {
    provisionDelayMs: env.PROVISION_DELAY_MS,
    restartDelayMs: env.RESTART_DELAY_MS,
    capacity: {
      vcpus: env.SIMULATED_VCPUS,
      ramGB: env.SIMULATED_RAM_GB,
      diskGB: env.SIMULATED_DISK_GB,
      gpus: env.SIMULATED_GPUS,
    },
  };
}
