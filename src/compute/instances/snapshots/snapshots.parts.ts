import { InstanceSnapshotsController } from './api/instance-snapshots.controller';
import { SnapshotsController } from './api/snapshots.controller';
import { CloneService } from './clone.service';
import { RestoreService } from './restore.service';
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
export const SNAPSHOT_CONTROLLERS = [InstanceSnapshotsController, SnapshotsController];

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
  SnapshotDeletionService,
  SnapshotDeletionsRepository,
  SnapshotDeletions,
  SnapshotExpiry,
];
