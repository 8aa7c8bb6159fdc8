import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers';
import { FlavorsModule } from '../flavors';
import { IdempotencyModule } from '../idempotency';
import { ImagesModule } from '../images';
import { IntegrationsModule } from '../integrations';
import { OperationHandler, OperationsModule } from '../operations';
import { QuotasModule } from '../quotas';
import { AllInstancesRepository } from './all-instances.repository';
import { AttachmentRecords } from './attachment-records.repository';
import { AttachmentSteps } from './attachment-steps';
import { AttachmentsController } from './attachments.controller';
import { AttachmentsRepository } from './attachments.repository';
import { AttachmentsService } from './attachments.service';
import { ConsoleStreams } from './console-streams';
import { ConsoleController } from './console.controller';
import { ConsoleService } from './console.service';
import { DriverCallFactory } from './driver-calls';
import { EngineQueries } from './engine-queries';
import { IdempotentResponder } from './idempotent-responder';
import { CreationRepository } from './creation.repository';
import { InstanceActions } from './instance-actions';
import { InstanceLifecycle } from './instance-lifecycle';
import { InstancePages } from './instance-pages';
import { InstanceSignals } from './instance-signals';
import { InstanceWaiter } from './instance-waiter';
import { InstanceWatchRepository } from './instance-watch.repository';
import { InstancesController } from './instances.controller';
import { InstancesRepository } from './instances.repository';
import { InstancesService } from './instances.service';
import { ActionsRepository } from './actions.repository';
import { PowerService } from './power.service';
import { ProvisioningService } from './provisioning.service';
import { QueryTargetsRepository } from './query-targets.repository';
import { CompletionRepository } from './completion.repository';
import { StatsController } from './stats.controller';
import { StatsService } from './stats.service';
import { WaitsController } from './waits.controller';
import { WaitsService } from './waits.service';

@Module({
  imports: [
    DriversModule,
    FlavorsModule,
    IdempotencyModule,
    ImagesModule,
    IntegrationsModule,
    OperationsModule,
    QuotasModule,
  ],
  controllers: [
    InstancesController,
    AttachmentsController,
    WaitsController,
    ConsoleController,
    StatsController,
  ],
  providers: [
    InstancesService,
    InstancesRepository,
    InstancePages,
    AllInstancesRepository,
    ProvisioningService,
    PowerService,
    DriverCallFactory,
    ConsoleStreams,
    QueryTargetsRepository,
    EngineQueries,
    ConsoleService,
    StatsService,
    InstanceActions,
    IdempotentResponder,
    InstanceSignals,
    InstanceWaiter,
    InstanceWatchRepository,
    WaitsService,
    AttachmentsService,
    AttachmentsRepository,
    AttachmentSteps,
    AttachmentRecords,
    CreationRepository,
    ActionsRepository,
    CompletionRepository,
    { provide: OperationHandler, useClass: InstanceLifecycle },
  ],
  exports: [
    OperationHandler,
    ConsoleStreams,
    DriverCallFactory,
    InstancesRepository,
    InstanceSignals,
    InstanceWaiter,
    InstancesService,
  ],
})
export class InstancesModule {}
