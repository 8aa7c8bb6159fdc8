import { Module } from '@nestjs/common';
import { AppConfig } from '../config';
import { Deployment, DeploymentModule } from '../platform/deployment';
import { Clock } from '../platform/async/clock';
import { DriverRegistry } from './port/driver-registry';
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
      useFactory: (config: AppConfig, { deploymentId }: Deployment, clock: Clock) =>
        new DriverRegistry(
          [
            new SimulatedDriver(config.simulated, clock),
            new DockerDriver(config.docker, deploymentId, clock),
            new QemuDriver(config.qemu, deploymentId, clock),
          ],
          config.drivers,
        ),
      inject: [AppConfig, Deployment, Clock],
    },
  ],
  exports: [DriverRegistry],
})
export class DriversModule {}
