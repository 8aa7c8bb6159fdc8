import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers';
import { FlavorsModule } from '../flavors';
import { IdempotencyModule } from '../idempotency';
import { ImagesModule } from '../images';
import { IntegrationsModule } from '../integrations';
import { OperationHandler, OperationsModule } from '../operations';
import { QuotasModule } from '../quotas';
import { AttachmentRecords } from './attachment-records.repository';
import { AttachmentSteps } from './attachment-steps';
import { AttachmentsController } from './attachments.controller';
import { AttachmentsRepository } from './attachments.repository';
import { AttachmentsService } from './attachments.service';
import { ConsoleStreams } from './console-streams';
import { EngineCalls } from './engine-calls';
import { InstanceRequests } from './instance-requests';
import { CreationRepository } from './creation.repository';
import { InstanceActions } from './instance-actions';
import { InstanceLifecycle } from './instance-lifecycle';
import { InstanceMachinesRepository } from './instance-machines.repository';
import { InstanceSignals } from './instance-signals';
import { InstanceWaiter } from './instance-waiter';
import { InstanceWatchRepository } from './instance-watch.repository';
import { InstancesController } from './instances.controller';
import { InstancesRepository } from './instances.repository';
import { InstancesService } from './instances.service';
import { LifecycleRepository } from './lifecycle.repository';
import { MachineController } from './machine.controller';
import { MachineService } from './machine.service';
import { PowerService } from './power.service';
import { ProvisioningService } from './provisioning.service';
import { SettlementRepository } from './settlement.repository';
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
  controllers: [InstancesController, AttachmentsController, WaitsController, MachineController],
  providers: [
    InstancesService,
    InstancesRepository,
    ProvisioningService,
    PowerService,
    EngineCalls,
    ConsoleStreams,
    InstanceMachinesRepository,
    MachineService,
    InstanceActions,
    InstanceRequests,
    InstanceSignals,
    InstanceWaiter,
    InstanceWatchRepository,
    WaitsService,
    AttachmentsService,
    AttachmentsRepository,
    AttachmentSteps,
    AttachmentRecords,
    CreationRepository,
    LifecycleRepository,
    SettlementRepository,
    { provide: OperationHandler, useClass: InstanceLifecycle },
  ],
  exports: [
    OperationHandler,
    ConsoleStreams,
    EngineCalls,
    InstancesRepository,
    InstanceSignals,
    InstanceWaiter,
    InstancesService,
  ],
})
export class InstancesModule {}
