import { Injectable } from '@nestjs/common';
import type { DriverResult } from '../../../drivers';
import { MonitoringClient, type MetricName } from '../../../integrations';
import { Metrics } from '../../../platform/metrics';
import type { ClaimedOperation, Outcome } from '../../operations';
import { descriptorOf } from '../actions/actions';
import { ReadinessProber } from '../readiness/readiness-prober';
import { EngineCalls } from './engine-calls';
import { CompletionRepository, type DeletedCompletion } from './completion.repository';
import { storedHandleOf } from './stored-handle';
import type { Work } from './work';

/** Outcomes of work that succeeded. */
@Injectable()
export class Completions {
  constructor(
    private readonly repository: CompletionRepository,
    private readonly monitoring: MonitoringClient,
    private readonly prober: ReadinessProber,
    private readonly metrics: Metrics,
    private readonly engine: EngineCalls,
  ) {}

  /** @param result null if the engine was not called. */
  succeeded(work: Work, result: DriverResult | null): Outcome {
    const { operation, action } = work;
    const { to, metric } = descriptorOf(action);
    if (to === 'gone' || to === 'as before its deletion')
      throw new Error(`${action} has no status for success`);
    const completion = {
      status: to === 'unchanged' ? null : to,
      handle: result && storedHandleOf(to === 'stopped' ? notRunning(result) : result),
      metric: this.metric(metric),
    };
    const record = (): Promise<boolean> => this.repository.completeAction(operation, completion);
    return to === 'stopped' ? { result: 'succeeded', record } : this.running(work, record);
  }

  /** The outcome of work that may have started the guest. */
  running(work: Work, record: () => Promise<boolean>): Outcome {
    return {
      result: 'succeeded',
      record: async () => {
        const isRecorded = await record();
        if (isRecorded) this.started(work);
        return isRecorded;
      },
    };
  }

  private started({ action, target, begunAt }: Work): void {
    if (target.guest.readiness) this.prober.wake();
    if (action !== 'create') return;
    const seconds = target.ageSeconds + (performance.now() - begunAt) / 1000;
    this.metrics.observeStart(this.engine.driverOf(target).kind, seconds);
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
