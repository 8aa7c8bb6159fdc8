import { Injectable } from '@nestjs/common';
import { failpoint } from '../../../platform/failpoints';
import { OperationsQueue, type Outcome } from '../../operations';
import { abilityOf } from '../engine/ability-of';
import { Completions } from '../work/completions';
import { EngineCalls } from '../work/engine-calls';
import type { Work } from '../work/work';
import { rebootTypeOf, runIn } from './reboot-args';

/**
 * The work of a reboot. Notes which run of the guest it is about to end: if this process dies after the guest has been
 * started again, the next attempt finds another run and does not restart it twice.
 */
@Injectable()
export class Rebooting {
  constructor(
    private readonly engine: EngineCalls,
    private readonly queue: OperationsQueue,
    private readonly completions: Completions,
  ) {}

  async perform(work: Work): Promise<Outcome> {
    const { operation, target } = work;
    const reboot = abilityOf(this.engine.driverOf(target), 'reboot');
    const call = this.engine.callOf(work);
    const { run } = runIn(operation) ?? (await this.queue.note(operation, { run: await reboot.runOf(call) }));
    failpoint('reboot.noted', target.id);
    const result = await reboot.reboot(call, { type: rebootTypeOf(operation), run });
    failpoint('engine.rebooted', target.id);
    return this.completions.succeeded(work, result);
  }
}
