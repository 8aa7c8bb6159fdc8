import { Module } from '@nestjs/common';
import { AppConfig } from '../config';
import { Deployment, DeploymentModule } from '../deployment';
import { Clock } from '../common/clock';
import { DriverRegistry } from './driver-registry';
import { DockerDriver } from './docker/docker.driver';
import { QemuDriver } from './qemu/qemu.driver';
import { SimulatedDriver } from './simulated/simulated.driver';

/** To add a driver, add it to the list here. */
@Module({
  imports: [DeploymentModule],
  providers: [
    Clock,
    {
      provide: DriverRegistry,
      useFactory: (config: AppConfig, { mark }: Deployment, clock: Clock) =>
        new DriverRegistry(
          [
            new SimulatedDriver(config.simulated, clock),
            new DockerDriver(config.docker, mark, clock),
            new QemuDriver(config.qemu, mark, clock),
          ],
          config.drivers,
        ),
      inject: [AppConfig, Deployment, Clock],
    },
  ],
  exports: [DriverRegistry],
})
export class DriversModule {}
