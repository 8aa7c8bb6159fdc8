import { Module } from '@nestjs/common';
import { AppConfig } from '../config';
import { Clock } from './clock';
import { DriverRegistry } from './driver-registry';
import { DockerDriver } from './docker/docker.driver';
import { QemuDriver } from './qemu/qemu.driver';
import { SimulatedDriver } from './simulated/simulated.driver';

/** A new driver is one more entry of the list here. */
@Module({
  providers: [
    Clock,
    {
      provide: DriverRegistry,
      useFactory: (config: AppConfig, clock: Clock) =>
        new DriverRegistry(
          [
            new SimulatedDriver(config.simulated, clock),
            new DockerDriver(config.docker, config.deployment, clock),
            new QemuDriver(config.qemu, config.deployment, clock),
          ],
          config.drivers,
        ),
      inject: [AppConfig, Clock],
    },
  ],
  exports: [DriverRegistry],
})
export class DriversModule {}
