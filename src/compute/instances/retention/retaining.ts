import { Injectable } from '@nestjs/common';
import type { DriverHandle } from '../../../drivers';
import { failpoint } from '../../../platform/failpoints';
import type { Outcome } from '../../operations';
import { descriptorOf } from '../actions/actions';
import { Taking } from '../snapshots/work/taking';
import { Completions } from '../work/completions';
import { EngineCalls } from '../work/engine-calls';
import type { Work } from '../work/work';
import { RetentionRepository } from './retention.repository';

/**
 * The work of a delete that retains the instance: undoes the snapshot that it interrupted, and powers the instance off.
 * Its engine keeps it, and so do the platform services.
 */
@Injectable()
export class Retaining {
  constructor(
    private readonly engine: EngineCalls,
    private readonly retentions: RetentionRepository,
    private readonly completions: Completions,
    private readonly taking: Taking,
  ) {}

  async perform(work: Work): Promise<Outcome> {
    const { operation, action, target } = work;
    await this.taking.giveUp(work);
    const handle = await this.powerOff(work);
    failpoint('engine.stopped_to_retain', target.id);
    const metric = this.completions.metric(descriptorOf(action).metric);
    return {
      result: 'succeeded',
      record: async () => {
        const isRecorded = await this.retentions.complete(operation, { handle, metric });
        failpoint('retain.recorded', target.id);
        return isRecorded;
      },
    };
  }

  /** Null if the engine does not have the instance, which only its undelete reports. */
  private async powerOff(work: Work): Promise<DriverHandle | null> {
    const observation = await this.engine.inspect(work.target);
    if (observation?.presence === 'absent') return null;
    const { handle } = await this.engine.driverOf(work.target).stop(this.engine.callOf(work));
    return { v: handle.v, data: handle.data };
  }
}
