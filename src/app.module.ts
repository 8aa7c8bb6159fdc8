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
    // What operators and the gateway look at: Express tries routes in this order, and health is asked most.
    HealthModule,
    // What everything stands on.
    ConfigModule,
    DatabaseModule,
    DeploymentModule,
    MetricsModule,
    // Who may call, and how often: in this order.
    TenancyModule,
    RateLimitsModule,
    // What holds for requests of every kind.
    IdempotencyModule,
    DocumentsModule,
    // What tenants ask for.
    FlavorsModule,
    ImagesModule,
    QuotasModule,
    InstancesModule,
    OperationsModule,
    EventsModule,
    // What carries it out.
    WorkerModule,
    ReconcilerModule,
    DriversModule,
    IntegrationsModule,
    OutboxModule,
  ],
})
export class AppModule {}
