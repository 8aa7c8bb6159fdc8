import { Module } from '@nestjs/common';
import { ConfigModule } from './config';
import { DatabaseModule } from './database';
import { DeploymentModule } from './deployment';
import { DocumentsModule } from './documents';
import { DriversModule } from './drivers';
import { EventsModule } from './events';
import { FlavorsModule } from './flavors';
import { HealthModule } from './health';
import { IdempotencyModule } from './idempotency';
import { ImagesModule } from './images';
import { InstancesModule } from './instances';
import { IntegrationsModule } from './integrations';
import { MetricsModule } from './metrics';
import { OperationsModule } from './operations';
import { OutboxModule } from './outbox';
import { QuotasModule } from './quotas';
import { RateLimitsModule } from './rate-limits';
import { ReconcilerModule } from './reconciler';
import { TenancyModule } from './tenancy';
import { WorkerModule } from './worker';

@Module({
  imports: [
    // First, because Express tries routes in this order and health is requested most.
    HealthModule,
    // Foundations.
    ConfigModule,
    DatabaseModule,
    DeploymentModule,
    MetricsModule,
    // Authentication, then rate limits: the order matters.
    TenancyModule,
    RateLimitsModule,
    // Shared by all kinds of requests.
    IdempotencyModule,
    DocumentsModule,
    // API resources.
    FlavorsModule,
    ImagesModule,
    QuotasModule,
    InstancesModule,
    OperationsModule,
    EventsModule,
    // Background work, drivers and platform services.
    WorkerModule,
    ReconcilerModule,
    DriversModule,
    IntegrationsModule,
    OutboxModule,
  ],
})
export class AppModule {}
