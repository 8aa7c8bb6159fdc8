import { Module } from '@nestjs/common';
import { DriversConfig } from './drivers.config';
import { SimulatedConfig } from './simulated/simulated.config';
import { DockerConfig } from './docker/docker.config';
import { QemuConfig } from './qemu/qemu.config';
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
      useFactory: (
        drivers: DriversConfig,
        simulated: SimulatedConfig,
        docker: DockerConfig,
        qemu: QemuConfig,
        { deploymentId }: Deployment,
        clock: Clock,
      ) =>
        new DriverRegistry(
          [
            new SimulatedDriver(simulated, clock),
            new DockerDriver(docker, deploymentId, clock),
            new QemuDriver(qemu, deploymentId, clock),
          ],
          drivers,
        ),
      inject: [DriversConfig, SimulatedConfig, DockerConfig, QemuConfig, Deployment, Clock],
    },
  ],
  exports: [DriverRegistry],
})
export class DriversModule {}
