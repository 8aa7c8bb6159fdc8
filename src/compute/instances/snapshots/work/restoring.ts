import { Injectable } from '@nestjs/common';
import { DriverError, type DriverCall, type DriverResult } from '../../../../drivers';
import { failpoint } from '../../../../platform/failpoints';
import type { Outcome } from '../../../operations';
import { abilityOf } from '../../engine/ability-of';
import { Completions } from '../../work/completions';
import { EngineCalls } from '../../work/engine-calls';
import { storedHandleOf } from '../../work/stored-handle';
import type { Work } from '../../work/work';
import type { SnapshotSource } from '../snapshot';
import { RestoresRepository } from '../store/restores.repository';
import { SnapshotsRepository } from '../store/snapshots.repository';
import { restoreArgsOf, type RestoreStep } from './restore-args';

/**
 * The work of a restore: stops the instance, gives it the disk of the snapshot, and starts it if it ran. Stores each step
 * with the handle that the engine returned, so that a later attempt does not repeat it.
 */
@Injectable()
export class Restoring {
  constructor(
    private readonly engine: EngineCalls,
    private readonly restores: RestoresRepository,
    private readonly snapshots: SnapshotsRepository,
    private readonly completions: Completions,
  ) {}

  async perform(work: Work): Promise<Outcome> {
    const { operation, target } = work;
    const { resume, isOn, step } = restoreArgsOf(operation);
    const snapshot = await this.snapshots.usedBy(operation);
    if (!snapshot) throw new DriverError('the snapshot is gone', { retryable: false });
    const restored = await this.restored(work, snapshot, { resume, step });
    if (!isOn) {
      return this.completions.running(work, () =>
        this.restores.complete(operation, storedHandleOf(restored), 'stopped'),
      );
    }
    const start: DriverCall = { ...this.callOf(work, snapshot), handle: restored.handle, purpose: 'start' };
    const handle = storedHandleOf(await this.engine.driverOf(target).start(start));
    failpoint('engine.started_for_restore', target.id);
    return this.completions.running(work, () => this.restores.complete(operation, handle, 'running'));
  }

  /** The stopped instance with the disk of the snapshot; does what earlier attempts have not done. */
  private async restored(
    work: Work,
    snapshot: SnapshotSource,
    { resume, step }: { readonly resume: boolean; readonly step: RestoreStep | undefined },
  ): Promise<Pick<DriverResult, 'handle'>> {
    const { operation, target } = work;
    if (step === 'restored' && target.handle) return { handle: target.handle };
    const driver = this.engine.driverOf(target);
    const ability = abilityOf(driver, 'snapshots');
    const call = this.callOf(work, snapshot);
    let handle = target.handle;
    if (step === undefined) {
      await ability.check(call, snapshot, resume ? { resumesMemory: true } : undefined);
      ({ handle } = await driver.stop(this.engine.callOf(work)));
      failpoint('engine.stopped_for_restore', target.id);
      await this.restores.note(operation, {
        step: 'stopped',
        handle: storedHandleOf({ handle }),
        imageId: null,
      });
      failpoint('restore.stop_noted', target.id);
    }
    const options = { resumesMemory: resume };
    const result = await ability.restore({ ...call, handle }, snapshot, options);
    failpoint('engine.restored', target.id);
    await this.restores.note(operation, {
      step: 'restored',
      handle: storedHandleOf({ handle: result.handle }),
      imageId: snapshot.imageId,
    });
    failpoint('restore.noted', target.id);
    return { handle: result.handle };
  }

  /** A call for the instance with the image of the snapshot, which it may not have had since. */
  private callOf(work: Work, { imageId }: SnapshotSource): DriverCall {
    return this.engine.callOf({ ...work, target: { ...work.target, imageId } });
  }
}
