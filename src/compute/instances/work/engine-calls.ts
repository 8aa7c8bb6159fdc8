import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../../../platform/errors/app.error';
import type { ComputeDriver, DriverCall, Observation, Verb } from '../../../drivers';
import { ProgressReports } from '../../operations';
import type { Action } from '../actions/actions';
import { DriverCallFactory } from './driver-calls';
import type { DriverTarget } from './driver-target';
import type { Work } from './work';

const INSPECT_TIMEOUT_MS = 5000;

/** Calls to the engine on behalf of an operation. */
@Injectable()
export class EngineCalls {
  private readonly logger = new Logger('Instances');

  constructor(
    private readonly calls: DriverCallFactory,
    private readonly progress: ProgressReports,
  ) {}

  driverOf(target: DriverTarget): ComputeDriver {
    return this.calls.driverOf(target);
  }

  callOf({ operation, action, target, signal }: Work): DriverCall {
    return this.calls.callOf(target, {
      purpose: purposeOf(action),
      signal,
      progress: (text) => this.progress.report(operation, text),
    });
  }

  /** Undefined if the engine does not answer. */
  async inspect(target: DriverTarget): Promise<Observation | undefined> {
    const signal = AbortSignal.timeout(INSPECT_TIMEOUT_MS);
    try {
      return await this.driverOf(target).inspect(this.calls.callOf(target, { purpose: 'inspect', signal }));
    } catch (error) {
      this.logger.warn(
        { err: error, instanceId: target.id },
        `failed to inspect the instance: ${messageOf(error)}`,
      );
      return undefined;
    }
  }
}

function purposeOf(action: Action): Verb {
  if (action === 'retain') return 'stop';
  if (action === 'undelete') return 'start';
  // Attach and detach do not call the engine; its next call includes the new ids.
  return action === 'attach' || action === 'detach' ? 'inspect' : action;
}
