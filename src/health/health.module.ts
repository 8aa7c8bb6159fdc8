import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers';
import { EventsModule } from '../events';
import { ImagesModule } from '../images';
import { InstancesModule } from '../instances';
import { IntegrationsModule } from '../integrations';
import { OperationsModule } from '../operations';
import { OutboxModule } from '../outbox';
import { WorkerModule } from '../worker';
import { HealthController } from './health.controller';
import { HealthReporter } from './health-reporter';
import { ReadinessService } from './readiness.service';
import { ServiceGauges } from './service-gauges';

@Module({
  imports: [
    DriversModule,
    EventsModule,
    ImagesModule,
    IntegrationsModule,
    InstancesModule,
    OperationsModule,
    OutboxModule,
    WorkerModule,
  ],
  controllers: [HealthController],
  providers: [ReadinessService, HealthReporter, ServiceGauges],
  exports: [ReadinessService],
})
export class HealthModule {}
