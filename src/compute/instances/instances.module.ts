import { Module } from '@nestjs/common';
import { DriversModule } from '../../drivers';
import { FlavorsModule } from '../flavors';
import { HostsModule } from '../hosts';
import { IdempotencyModule } from '../../access/idempotency';
import { ImagesModule } from '../images';
import { IntegrationsModule } from '../../integrations';
import { OperationsModule } from '../operations';
import { QuotasModule } from '../quotas';
import { AllInstancesRepository } from './store/all-instances.repository';
import { AttachmentRecords } from './attachments/attachment-records.repository';
import { AttachmentSteps } from './attachments/attachment-steps';
import { AttachmentsController } from './attachments/api/attachments.controller';
import { AttachmentsRepository } from './attachments/attachments.repository';
import { AttachmentsService } from './attachments/attachments.service';
import { ConsoleStreams } from './console/console-streams';
import { ConsoleController } from './console/api/console.controller';
import { ConsoleService } from './console/console.service';
import { DriverCallFactory } from './work/driver-calls';
import { EngineQueries } from './engine/engine-queries';
import { ChangeResponder } from './api/change-responder';
import { CreationRepository } from './create/creation.repository';
import { InstanceActions } from './actions/instance-actions';
import { AttachmentChanges } from './attachments/attachment-changes';
import { Cleanup } from './attachments/cleanup';
import { Creation } from './create/creation';
import { Completions } from './work/completions';
import { Deletion } from './work/deletion';
import { EngineCalls } from './work/engine-calls';
import { Failures } from './work/failures';
import { InstanceOperations } from './work/instance-operations';
import { InstancePages } from './store/instance-pages';
import { ResourcesModule } from '../resources';
import { InstanceWaiter } from './waits/instance-waiter';
import { InstanceWatchRepository } from './waits/instance-watch.repository';
import { InstancesController } from './api/instances.controller';
import { POWER_CONTROLLERS } from './api/power.controllers';
import { InstancesRepository } from './store/instances.repository';
import { InstancesService } from './instances.service';
import { ActionsRepository } from './actions/actions.repository';
import { HostPortsRepository } from './ports/host-ports.repository';
import { HostPortsService } from './ports/host-ports.service';
import { PowerService } from './actions/power.service';
import { ProvisioningService } from './create/provisioning.service';
import { ReadinessProber } from './readiness/readiness-prober';
import { ReadinessRepository } from './readiness/readiness.repository';
import { RebootController } from './reboot/api/reboot.controller';
import { Rebooting } from './reboot/rebooting';
import { RebuildController } from './rebuild/api/rebuild.controller';
import { RebuildRepository } from './rebuild/rebuild.repository';
import { RebuildService } from './rebuild/rebuild.service';
import { Rebuilding } from './rebuild/rebuilding';
import { DeletionsService } from './retention/deletions.service';
import { Purger } from './retention/purger';
import { Retaining } from './retention/retaining';
import { RetentionRepository } from './retention/retention.repository';
import { UndeleteController } from './retention/api/undelete.controller';
import { Undeletion } from './retention/undeletion';
import { ResizeController } from './resize/api/resize.controller';
import { ResizeRepository } from './resize/resize.repository';
import { ResizeService } from './resize/resize.service';
import { Resizing } from './resize/resizing';
import { QueryTargetsRepository } from './store/query-targets.repository';
import { CompletionRepository } from './work/completion.repository';
import { OpenSessions } from './sessions/open-sessions';
import { SessionUpgrades } from './sessions/api/session-upgrades';
import { SessionsController } from './sessions/api/sessions.controller';
import { SessionsRepository } from './sessions/sessions.repository';
import { SessionsService } from './sessions/sessions.service';
import { SNAPSHOT_CONTROLLERS, SNAPSHOT_PROVIDERS } from './snapshots/snapshots.parts';
import { StatsController } from './stats/api/stats.controller';
import { StatsService } from './stats/stats.service';
import { WARM_POOL_CONTROLLERS, WARM_POOL_PROVIDERS } from './warm-pools/warm-pools.parts';
import { WaitsController } from './waits/api/waits.controller';
import { WaitsService } from './waits/waits.service';

@Module({
  imports: [
    DriversModule,
    FlavorsModule,
    HostsModule,
    IdempotencyModule,
    ImagesModule,
    IntegrationsModule,
    OperationsModule,
    QuotasModule,
    ResourcesModule,
  ],
  controllers: [
    InstancesController,
    ...POWER_CONTROLLERS,
    AttachmentsController,
    RebootController,
    RebuildController,
    ResizeController,
    UndeleteController,
    WaitsController,
    ConsoleController,
    StatsController,
    SessionsController,
    ...SNAPSHOT_CONTROLLERS,
    ...WARM_POOL_CONTROLLERS,
  ],
  providers: [
    InstancesService,
    InstancesRepository,
    InstancePages,
    AllInstancesRepository,
    ProvisioningService,
    PowerService,
    DeletionsService,
    DriverCallFactory,
    ConsoleStreams,
    QueryTargetsRepository,
    EngineQueries,
    ConsoleService,
    StatsService,
    SessionsService,
    SessionsRepository,
    OpenSessions,
    SessionUpgrades,
    InstanceActions,
    ChangeResponder,
    InstanceWaiter,
    InstanceWatchRepository,
    WaitsService,
    AttachmentsService,
    AttachmentsRepository,
    AttachmentSteps,
    AttachmentRecords,
    CreationRepository,
    HostPortsService,
    HostPortsRepository,
    ActionsRepository,
    CompletionRepository,
    EngineCalls,
    Completions,
    Failures,
    Creation,
    Deletion,
    AttachmentChanges,
    Cleanup,
    ResizeService,
    ResizeRepository,
    Rebooting,
    RebuildService,
    RebuildRepository,
    Rebuilding,
    Resizing,
    Retaining,
    RetentionRepository,
    Undeletion,
    Purger,
    ReadinessProber,
    ReadinessRepository,
    InstanceOperations,
    ...SNAPSHOT_PROVIDERS,
    ...WARM_POOL_PROVIDERS,
  ],
  exports: [
    ConsoleStreams,
    DriverCallFactory,
    InstancesRepository,
    InstanceWaiter,
    InstancesService,
    SessionsRepository,
    SessionUpgrades,
  ],
})
export class InstancesModule {}
