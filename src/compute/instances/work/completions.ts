import { Injectable } from '@nestjs/common';
import type { DriverResult } from '../../../drivers';
import { MonitoringClient, type MetricName } from '../../../integrations';
import type { ClaimedOperation, Outcome } from '../../operations';
import { descriptorOf } from '../actions/actions';
import { CompletionRepository, type DeletedCompletion } from './completion.repository';
import { storedHandleOf } from './stored-handle';
import type { Work } from './work';

/** Outcomes of work that succeeded. */
@Injectable()
export class Completions {
  constructor(
    private readonly repository: CompletionRepository,
    private readonly monitoring: MonitoringClient,
  ) {}

  /** @param result null if the engine was not called. */
  succeeded({ operation, action }: Work, result: DriverResult | null): Outcome {
    const { to, metric } = descriptorOf(action);
    if (to === 'gone') throw new Error(`${action} has no status for success`);
    const completion = {
      status: to === 'unchanged' ? null : to,
      handle: result && storedHandleOf(to === 'stopped' ? notRunning(result) : result),
      metric: this.metric(metric),
    };
    return { result: 'succeeded', record: () => this.repository.completeAction(operation, completion) };
  }

  deleted(operation: ClaimedOperation, { needsCleanup }: Pick<DeletedCompletion, 'needsCleanup'>): Outcome {
    const completion = { metric: this.metric(descriptorOf('delete').metric), needsCleanup };
    return { result: 'succeeded', record: () => this.repository.completeDelete(operation, completion) };
  }

  /** Null if no metrics are sent. */
  metric(name: MetricName | null): MetricName | null {
    return this.monitoring.isEnabled ? name : null;
  }
}

/** An instance that does not run has neither reachable ports nor addresses. */
function notRunning({ handle }: DriverResult): DriverResult {
  return { handle };
}
