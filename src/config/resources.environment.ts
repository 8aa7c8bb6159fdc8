import type { CleanedEnv } from 'envalid';
import type { Amounts } from '../drivers/port/resources';
import type { SimulatedConfig } from './app-config';
import { bound, integer } from './validators';

const HOUR_MS = 3_600_000;

/** Limits of tenants without limits set by an operator. */
export const QUOTA_ENVIRONMENT = {
  QUOTA_INSTANCES: bound({ default: -1, desc: 'Maximum number of instances per tenant; -1 means no limit' }),
  QUOTA_VCPUS: bound({ default: -1, desc: 'Maximum number of virtual CPUs per tenant; -1 means no limit' }),
  QUOTA_RAM_GB: bound({ default: -1, desc: 'Maximum memory per tenant; -1 means no limit' }),
  QUOTA_DISK_GB: bound({ default: -1, desc: 'Maximum disk space per tenant; -1 means no limit' }),
  QUOTA_GPUS: bound({ default: -1, desc: 'Maximum number of GPUs per tenant; -1 means no limit' }),
  QUOTA_PENDING_OPERATIONS: bound({
    default: 10_000,
    desc: 'Maximum number of unfinished operations per tenant; further creates are rejected; -1 means no limit',
  }),
  QUOTA_IDEMPOTENCY_KEYS: bound({
    default: 100_000,
    desc: 'Maximum number of stored idempotency keys per tenant, one for each 8 KiB of a response; -1 means no limit',
  }),
};

/** Behavior and capacity of the simulated engine. */
export const SIMULATED_ENVIRONMENT = {
  PROVISION_DELAY_MS: integer(
    0,
    HOUR_MS,
  )({ default: 2000, desc: 'Driver simulated: time from creating to running' }),
  RESTART_DELAY_MS: integer(
    0,
    HOUR_MS,
  )({ default: 1000, desc: 'Driver simulated: time from restarting to running' }),
  SIMULATED_VCPUS: bound({
    default: -1,
    desc: 'Driver simulated: capacity in virtual CPUs; -1 means unknown',
  }),
  SIMULATED_RAM_GB: bound({
    default: -1,
    desc: 'Driver simulated: memory capacity; -1 means unknown',
  }),
  SIMULATED_DISK_GB: bound({
    default: -1,
    desc: 'Driver simulated: disk capacity; -1 means unknown',
  }),
  SIMULATED_GPUS: bound({
    default: -1,
    desc: 'Driver simulated: GPU capacity; -1 means unknown',
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
