import { InstanceSnapshotsController } from './api/instance-snapshots.controller';
import { SnapshotsController } from './api/snapshots.controller';
import { CloneService } from './clone.service';
import { PublishingController } from './publishing/api/publishing.controller';
import { PublishingRepository } from './publishing/publishing.repository';
import { PublishingService } from './publishing/publishing.service';
import { RestoreService } from './restore.service';
import { SchedulesController } from './schedules/api/schedules.controller';
import { SnapshotRetentionRepository } from './schedules/snapshot-retention.repository';
import { SnapshotScheduler } from './schedules/scheduler';
import { SchedulesRepository } from './schedules/schedules.repository';
import { SchedulesService } from './schedules/schedules.service';
import { SnapshotDeletionService } from './snapshot-deletion.service';
import { SnapshotExpiry } from './snapshot-expiry';
import { SnapshotsService } from './snapshots.service';
import { RestoresRepository } from './store/restores.repository';
import { SnapshotDeletionsRepository } from './store/snapshot-deletions.repository';
import { SnapshotsRepository } from './store/snapshots.repository';
import { TakingRepository } from './store/taking.repository';
import { TakingService } from './taking.service';
import { Restoring } from './work/restoring';
import { SnapshotDeletions } from './work/snapshot-deletions';
import { Taking } from './work/taking';

/** For `InstancesModule`. */
export const SNAPSHOT_CONTROLLERS = [
  InstanceSnapshotsController,
  SnapshotsController,
  SchedulesController,
  PublishingController,
];

/** Likewise. */
export const SNAPSHOT_PROVIDERS = [
  SnapshotsService,
  SnapshotsRepository,
  TakingService,
  TakingRepository,
  Taking,
  RestoreService,
  RestoresRepository,
  Restoring,
  CloneService,
  PublishingService,
  PublishingRepository,
  SnapshotDeletionService,
  SnapshotDeletionsRepository,
  SnapshotDeletions,
  SnapshotExpiry,
  SchedulesService,
  SchedulesRepository,
  SnapshotRetentionRepository,
  SnapshotScheduler,
];
