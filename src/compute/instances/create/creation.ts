import { Injectable } from '@nestjs/common';
import { failpoint } from '../../../platform/failpoints';
import type { Outcome } from '../../operations';
import { Completions } from '../work/completions';
import { EngineCalls } from '../work/engine-calls';
import type { Work } from '../work/work';
import { AttachmentSteps } from '../attachments/attachment-steps';

/** The work of a create: establishes the attachments, then creates the instance at its engine. */
@Injectable()
export class Creation {
  constructor(
    private readonly attachments: AttachmentSteps,
    private readonly engine: EngineCalls,
    private readonly completions: Completions,
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
    const result = await this.engine.driverOf(target).create(call);
    failpoint('engine.created', target.id);
    return this.completions.succeeded(work, result);
  }
}
