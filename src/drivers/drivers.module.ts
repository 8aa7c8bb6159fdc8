import { Module } from '@nestjs/common';
import { Clock } from '../platform/async/clock';
import { Configuration } from '../platform/config';
import { Deployment, DeploymentModule } from '../platform/deployment';
import { DriversConfig } from './drivers.config';
import { DRIVER_PLUGINS } from './plugins';
import { DriverRegistry } from './port/driver-registry';

@Module({
  imports: [DeploymentModule],
  providers: [
    Clock,
    {
      provide: DriverRegistry,
      useFactory: (configuration: Configuration, { deploymentId }: Deployment, clock: Clock) =>
        new DriverRegistry(
          DRIVER_PLUGINS.map((plugin) => plugin.create(configuration, { deploymentId, clock })),
          configuration.get(DriversConfig),
        ),
      inject: [Configuration, Deployment, Clock],
    },
  ],
  exports: [DriverRegistry],
})
export class DriversModule {}
