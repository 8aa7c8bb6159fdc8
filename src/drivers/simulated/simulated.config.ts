import { bound, defineConfig, integer, setting } from '../../platform/config';
import { parseGpus } from './gpus';

const HOUR_MS = 3_600_000;

export class SimulatedConfig extends defineConfig({
  title: 'Simulated driver',
  variables: {
    PROVISION_DELAY_MS: integer(0, HOUR_MS, {
      default: 2000,
      desc: 'Driver simulated: time from creating to running',
    }),
    RESTART_DELAY_MS: integer(0, HOUR_MS, {
      default: 1000,
      desc: 'Driver simulated: time from restarting to running',
    }),
    SIMULATED_VCPUS: bound({
      default: -1,
      desc: 'Driver simulated: capacity in virtual CPUs; -1 means unknown',
    }),
    SIMULATED_RAM_GB: bound({ default: -1, desc: 'Driver simulated: memory capacity; -1 means unknown' }),
    SIMULATED_DISK_GB: bound({ default: -1, desc: 'Driver simulated: disk capacity; -1 means unknown' }),
    SIMULATED_GPUS: setting(
      (input) => {
        parseGpus(input);
        return input;
      },
      { default: '-1', desc: 'Driver simulated: GPU capacity, in total or by model; -1 means unknown' },
    ),
  },
  config: (env) => ({
    provisionDelayMs: env.PROVISION_DELAY_MS,
    restartDelayMs: env.RESTART_DELAY_MS,
    /** Capacity of the engine; -1 means unknown. */
    capacity: {
      vcpus: env.SIMULATED_VCPUS,
      ramGB: env.SIMULATED_RAM_GB,
      diskGB: env.SIMULATED_DISK_GB,
      ...parseGpus(env.SIMULATED_GPUS),
    },
  }),
}) {}
