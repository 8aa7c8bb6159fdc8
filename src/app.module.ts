import { Module } from '@nestjs/common';
import { ConfigModule } from './platform/config';
import { settings } from './settings';
import { DatabaseModule } from './platform/database';
import { DeploymentModule } from './platform/deployment';
import { MetricsModule } from './platform/metrics';
import { DriversModule } from './drivers';
import { IdempotencyModule } from './access/idempotency';
import { RateLimitsModule } from './access/rate-limits';
import { TenancyModule } from './access/tenancy';
import { IntegrationsModule } from './integrations';
import { OutboxModule } from './integrations/outbox';
import { EventsModule } from './compute/events';
import { FlavorsModule } from './compute/flavors';
import { ImagesModule } from './compute/images';
import { InstancesModule } from './compute/instances';
import { OperationsModule } from './compute/operations';
import { QuotasModule } from './compute/quotas';
import { ReconcilerModule } from './compute/reconciler';
import { WebhooksModule } from './compute/webhooks';
import { WorkerModule } from './compute/worker';
import { DocumentsModule } from './documents';
import { HealthModule } from './health';
import { WebModule } from './web';

@Module({
  imports: [
    // First, because Express tries routes in this order and health is requested most.
    HealthModule,
    // Foundations.
    ConfigModule.of(settings),
    DatabaseModule,
    DeploymentModule,
    MetricsModule,
    // Authentication, then rate limits: the order matters.
    TenancyModule,
    RateLimitsModule,
    // Shared by all kinds of requests.
    IdempotencyModule,
    DocumentsModule,
    WebModule,
    // API resources.
    FlavorsModule,
    ImagesModule,
    QuotasModule,
    InstancesModule,
    OperationsModule,
    EventsModule,
    WebhooksModule,
    // Background work, drivers and platform services.
    WorkerModule,
    ReconcilerModule,
    DriversModule,
    IntegrationsModule,
    OutboxModule,
  ],
})
export class AppModule {}
