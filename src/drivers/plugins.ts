import { dockerPlugin } from './docker/docker.plugin';
import type { DriverPlugin } from './port/driver-plugin';
import { qemuPlugin } from './qemu/qemu.plugin';
import { simulatedPlugin } from './simulated/simulated.plugin';

/** All drivers, in the order of the reference of settings. To add a driver, add it here. */
export const DRIVER_PLUGINS: readonly DriverPlugin[] = [simulatedPlugin, dockerPlugin, qemuPlugin];

/** Serves the types of instances for which no driver is configured. */
export const DEFAULT_DRIVER = simulatedPlugin.kind;
