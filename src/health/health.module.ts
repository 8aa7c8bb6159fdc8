import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers';
import { InstancesModule } from '../instances';
import { IntegrationsModule } from '../integrations';
import { OperationsModule } from '../operations';
import { WorkerModule } from '../worker';
import { HealthController } from './health.controller';
import { ReadinessService } from './readiness.service';
import { ServiceGauges } from './service-gauges';

@Module({
  imports: [DriversModule, IntegrationsModule, InstancesModule, OperationsModule, WorkerModule],
  controllers: [HealthController],
  providers: [ReadinessService, ServiceGauges],
  exports: [ReadinessService],
})
export class HealthModule {}
