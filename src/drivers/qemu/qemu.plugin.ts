import { defineDriver } from '../port/driver-plugin';
import { QemuConfig } from './qemu.config';
import { QemuDriver } from './qemu.driver';
import { readQemuImage } from './disks/qemu.image-source';

export const qemuPlugin = defineDriver({
  kind: 'qemu',
  config: QemuConfig,
  create: (config, { deploymentId, clock }) => new QemuDriver(config, deploymentId, clock),
  reachesHost: ({ network }) => network.kind !== 'isolated',
  readImage: readQemuImage,
});
