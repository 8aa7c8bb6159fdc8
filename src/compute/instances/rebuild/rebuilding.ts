import { Injectable } from '@nestjs/common';
import type { ComputeDriver, DriverCall, DriverResult } from '../../../drivers';
import { failpoint } from '../../../platform/failpoints';
import type { Outcome } from '../../operations';
import { abilityOf } from '../engine/ability-of';
import { Completions } from '../work/completions';
import type { LifecycleTarget } from '../work/completion.repository';
import { EngineCalls } from '../work/engine-calls';
import { storedHandleOf } from '../work/stored-handle';
import type { Work } from '../work/work';
import { rebuildArgsOf, type RebuildArgs } from './rebuild-args';
import { RebuildRepository } from './rebuild.repository';

/**
 * The work of a rebuild: makes sure that the new image can be used, removes the instance from its engine and creates it
 * again. Notes the removal, so that a later attempt does not remove what this one has created.
 */
@Injectable()
export class Rebuilding {
  constructor(
    private readonly engine: EngineCalls,
    private readonly rebuilds: RebuildRepository,
    private readonly completions: Completions,
  ) {}

  async perform(work: Work): Promise<Outcome> {
    const { operation, target } = work;
    const args = rebuildArgsOf(operation);
    const driver = this.engine.driverOf(target);
    const call = this.engine.callOf({ ...work, target: withImage(target, args) });
    if (!args.isRemoved) {
      await abilityOf(driver, 'rebuild').prepare(call);
      await driver.destroy({ ...this.engine.callOf(work), purpose: 'delete' });
      failpoint('engine.removed_for_rebuild', target.id);
      await this.rebuilds.noteRemoval(operation, args);
      failpoint('rebuild.noted', target.id);
    }
    const handle = storedHandleOf(await this.created(driver, { ...call, handle: null }, args));
    failpoint('engine.rebuilt', target.id);
    return this.completions.running(work, () => this.rebuilds.complete(operation, args, handle));
  }

  /** A new instance runs; one that was stopped is stopped again. */
  private async created(
    driver: ComputeDriver,
    call: DriverCall,
    { isOn }: RebuildArgs,
  ): Promise<DriverResult> {
    const result = await driver.create(call);
    if (isOn) return result;
    const { handle } = await driver.stop({ ...call, handle: result.handle, purpose: 'stop' });
    return { handle };
  }
}

function withImage(target: LifecycleTarget, { imageId, userData }: RebuildArgs): LifecycleTarget {
  return { ...target, imageId, guest: { ...target.guest, ...(userData !== undefined && { userData }) } };
}
