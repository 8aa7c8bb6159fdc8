import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers';
import { EventsModule } from '../compute/events';
import { ImagesModule } from '../compute/images';
import { InstancesModule } from '../compute/instances';
import { IntegrationsModule } from '../integrations';
import { OperationsModule } from '../compute/operations';
import { OutboxModule } from '../integrations/outbox';
import { WebhooksModule } from '../compute/webhooks';
import { WorkerModule } from '../compute/worker';
import { HealthController } from './health.controller';
import { MetricsController } from './metrics.controller';
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
    WebhooksModule,
    WorkerModule,
  ],
  controllers: [HealthController, MetricsController],
  providers: [ReadinessService, HealthReporter, ServiceGauges],
  exports: [ReadinessService],
})
export class HealthModule {}
