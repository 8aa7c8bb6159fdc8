import { Injectable } from '@nestjs/common';
import type { DriverCall, DriverResult } from '../../../drivers';
import { failpoint } from '../../../platform/failpoints';
import type { Outcome } from '../../operations';
import { abilityOf } from '../engine/ability-of';
import { SnapshotsRepository } from '../snapshots/store/snapshots.repository';
import { Completions } from '../work/completions';
import { EngineCalls } from '../work/engine-calls';
import type { Work } from '../work/work';
import { AttachmentSteps } from '../attachments/attachment-steps';

/** The work of a create: establishes the attachments, then creates the instance at its engine, from its image or a snapshot. */
@Injectable()
export class Creation {
  constructor(
    private readonly attachments: AttachmentSteps,
    private readonly engine: EngineCalls,
    private readonly completions: Completions,
    private readonly snapshots: SnapshotsRepository,
  ) {}

  async perform(work: Work): Promise<Outcome> {
    const { operation, target, signal } = work;
    const [networkIds, volumeIds] = [[...target.networkIds], [...target.volumeIds]];
    const planned = target.attachments.filter(({ state }) => state === 'planned');
    if (planned.length > 0) {
      await this.attachments.inTurn(operation, signal, async () => {
        for (const attachment of planned) {
          const id = await this.attachments.establish(operation, attachment, signal);
          (attachment.kind === 'network' ? networkIds : volumeIds).push(id);
        }
      });
    }
    const call = this.engine.callOf({ ...work, target: { ...target, networkIds, volumeIds } });
    const result = await this.created(work, call);
    failpoint('engine.created', target.id);
    return this.completions.succeeded(work, result);
  }

  private async created({ operation, target }: Work, call: DriverCall): Promise<DriverResult> {
    const driver = this.engine.driverOf(target);
    const snapshot = await this.snapshots.usedBy(operation);
    if (!snapshot) return driver.create(call);
    const options = { resumesMemory: operation.args['resume'] === true };
    return abilityOf(driver, 'snapshots').create(call, snapshot, options);
  }
}
