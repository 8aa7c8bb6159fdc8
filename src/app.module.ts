import { Module } from '@nestjs/common';
import { ConfigModule } from './config';
import { DatabaseModule } from './database';
import { DocumentsModule } from './documents';
import { DriversModule } from './drivers';
import { FlavorsModule } from './flavors';
import { HealthModule } from './health';
import { IdempotencyModule } from './idempotency';
import { InstancesModule } from './instances';
import { IntegrationsModule } from './integrations';
import { MetricsModule } from './metrics';
import { OperationsModule } from './operations';
import { OutboxModule } from './outbox';
import { TenancyModule } from './tenancy';
import { WorkerModule } from './worker';

@Module({
  imports: [
    // What operators and the gateway look at: Express tries routes in this order, and health is asked most.
    HealthModule,
    // What everything stands on.
    ConfigModule,
    DatabaseModule,
    MetricsModule,
    TenancyModule,
    IdempotencyModule,
    DocumentsModule,
    // What tenants ask for.
    FlavorsModule,
    InstancesModule,
    OperationsModule,
    // What carries it out.
    WorkerModule,
    DriversModule,
    IntegrationsModule,
    OutboxModule,
  ],
})
export class AppModule {}
