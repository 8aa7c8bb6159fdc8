import { Injectable } from '@nestjs/common';
import type { ComputeDriver, DriverCall, DriverResult } from '../../../drivers';
import { failpoint } from '../../../platform/failpoints';
import type { Outcome } from '../../operations';
import { abilityOf } from '../engine/ability-of';
import type { SnapshotSource } from '../snapshots/snapshot';
import { SnapshotsRepository } from '../snapshots/store/snapshots.repository';
import { Completions } from '../work/completions';
import type { LifecycleTarget } from '../work/completion.repository';
import { EngineCalls } from '../work/engine-calls';
import { storedHandleOf } from '../work/stored-handle';
import type { Work } from '../work/work';
import { rebuildArgsOf, type RebuildArgs } from './rebuild-args';
import { RebuildRepository } from './rebuild.repository';

/**
 * The work of a rebuild: makes sure that the new image, or the snapshot of the tenant, can be used, removes the instance
 * from its engine and creates it again. Notes the removal, so that a later attempt does not remove what this one has
 * created.
 */
@Injectable()
export class Rebuilding {
  constructor(
    private readonly engine: EngineCalls,
    private readonly rebuilds: RebuildRepository,
    private readonly completions: Completions,
    private readonly snapshots: SnapshotsRepository,
  ) {}

  async perform(work: Work): Promise<Outcome> {
    const { operation, target } = work;
    const args = rebuildArgsOf(operation);
    const driver = this.engine.driverOf(target);
    const call = this.engine.callOf({ ...work, target: withImage(target, args) });
    const snapshot = await this.snapshots.usedBy(operation);
    if (!args.isRemoved) {
      await (snapshot
        ? abilityOf(driver, 'snapshots').check(call, snapshot)
        : abilityOf(driver, 'rebuild').prepare(call));
      await driver.destroy({ ...this.engine.callOf(work), purpose: 'delete' });
      failpoint('engine.removed_for_rebuild', target.id);
      await this.rebuilds.noteRemoval(operation, args);
      failpoint('rebuild.noted', target.id);
    }
    const created = await makeOf(driver, { ...call, handle: null }, snapshot);
    const handle = storedHandleOf(args.isOn ? created : await stopped(driver, call, created));
    failpoint('engine.rebuilt', target.id);
    return this.completions.running(work, () => this.rebuilds.complete(operation, args, handle));
  }
}

/** The new instance, which runs. */
function makeOf(
  driver: ComputeDriver,
  call: DriverCall,
  snapshot: SnapshotSource | undefined,
): Promise<DriverResult> {
  if (!snapshot) return driver.create(call);
  return abilityOf(driver, 'snapshots').create(call, snapshot, { resumesMemory: false });
}

async function stopped(
  driver: ComputeDriver,
  call: DriverCall,
  { handle }: DriverResult,
): Promise<Pick<DriverResult, 'handle'>> {
  return driver.stop({ ...call, handle, purpose: 'stop' });
}

function withImage(target: LifecycleTarget, { imageId, userData }: RebuildArgs): LifecycleTarget {
  return { ...target, imageId, guest: { ...target.guest, ...(userData !== undefined && { userData }) } };
}
