import { Injectable } from '@nestjs/common';
import { failpoint } from '../../../platform/failpoints';
import type { Outcome } from '../../operations';
import { descriptorOf } from '../actions/actions';
import { CompletionRepository } from '../work/completion.repository';
import { Completions } from '../work/completions';
import { EngineCalls } from '../work/engine-calls';
import { storedHandleOf } from '../work/stored-handle';
import type { Work } from '../work/work';
import { isStart } from './retention-args';

/** The work of an undelete: the request has made the instance `stopped`; one that ran before is started. */
@Injectable()
export class Undeletion {
  constructor(
    private readonly engine: EngineCalls,
    private readonly repository: CompletionRepository,
    private readonly completions: Completions,
  ) {}

  async perform(work: Work): Promise<Outcome> {
    const { operation, action, target } = work;
    failpoint('undelete.begun', target.id);
    if (!isStart(operation)) {
      const unchanged = { status: null, handle: null, metric: null };
      return { result: 'succeeded', record: () => this.repository.completeAction(operation, unchanged) };
    }
    const result = await this.engine.driverOf(target).start(this.engine.callOf(work));
    failpoint('engine.started_by_undelete', target.id);
    const metric = this.completions.metric(descriptorOf(action).metric);
    const started = { status: 'running', handle: storedHandleOf(result), metric } as const;
    return this.completions.running(work, () => this.repository.completeAction(operation, started));
  }
}
