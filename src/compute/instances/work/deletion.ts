import { Injectable } from '@nestjs/common';
import { failpoint } from '../../../platform/failpoints';
import type { Outcome } from '../../operations';
import { AttachmentSteps } from '../attachments/attachment-steps';
import { Taking } from '../snapshots/work/taking';
import { Completions } from './completions';
import { EngineCalls } from './engine-calls';
import { isForced } from '../actions/force';
import type { Work } from './work';

/** The work of a delete: undoes the snapshot that it interrupted, releases the attachments, then removes the instance from its engine. */
@Injectable()
export class Deletion {
  constructor(
    private readonly attachments: AttachmentSteps,
    private readonly engine: EngineCalls,
    private readonly completions: Completions,
    private readonly taking: Taking,
  ) {}

  async perform(work: Work): Promise<Outcome> {
    const { operation, target, signal } = work;
    await this.taking.giveUp(work);
    if (!isForced(operation)) {
      await this.attachments.inTurn(operation, signal, async () => {
        for (const attachment of target.attachments.toReversed()) {
          await this.attachments.giveUp(operation, attachment, signal);
        }
        await this.attachments.detachAll(operation, signal);
      });
    }
    await this.engine.driverOf(target).destroy(this.engine.callOf(work));
    failpoint('engine.destroyed', target.id);
    const needsCleanup = isForced(operation) && this.attachments.areElsewhere;
    return this.completions.deleted(operation, { needsCleanup });
  }
}
