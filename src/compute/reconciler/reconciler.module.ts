import { Module } from '@nestjs/common';
import { DriversModule } from '../../drivers';
import { HostsModule } from '../hosts';
import { InstancesModule } from '../instances';
import { OperationsModule } from '../operations';
import { ResourcesModule } from '../resources';
import { IntegrationsModule } from '../../integrations';
import { EngineWatcher } from './engine-watcher';
import { DriftDetector } from './drift-detector';
import { OrphansController } from './api/orphans.controller';
import { OrphansRepository } from './orphans/orphans.repository';
import { OrphansService } from './orphans/orphans.service';
import { Reconciler } from './reconciler';
import { ReconcilerRepository } from './reconciler.repository';
import { LeftoversService } from './leftovers.service';
import { EngineContacts } from './restarts/engine-contacts';
import { Restarter } from './restarts/restarter';
import { RestartsRepository } from './restarts/restarts.repository';

/** Updates stored instances to match what engines report. */
@Module({
  imports: [
    DriversModule,
    HostsModule,
    InstancesModule,
    IntegrationsModule,
    OperationsModule,
    ResourcesModule,
  ],
  controllers: [OrphansController],
  providers: [
    Reconciler,
    EngineWatcher,
    ReconcilerRepository,
    DriftDetector,
    OrphansService,
    OrphansRepository,
    LeftoversService,
    EngineContacts,
    Restarter,
    RestartsRepository,
  ],
  exports: [Reconciler],
})
export class ReconcilerModule {}
