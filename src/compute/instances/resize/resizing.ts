import { Injectable, Logger } from '@nestjs/common';
import {
  DriverError,
  RestartRequiredError,
  type ComputeDriver,
  type DriverCall,
  type DriverResult,
} from '../../../drivers';
import type { Outcome } from '../../operations';
import { failpoint } from '../../../platform/failpoints';
import { abilityOf } from '../engine/ability-of';
import { Completions } from '../work/completions';
import { EngineCalls } from '../work/engine-calls';
import { storedHandleOf } from '../work/stored-handle';
import type { Work } from '../work/work';
import { resizeArgsOf, type ResizeArgs } from './resize-args';
import { InstanceRestartRequiredError } from './resize.errors';
import { ResizeRepository } from './resize.repository';

interface Resized {
  readonly result: DriverResult;
  /** Whether the guest was, or may have been, restarted. */
  readonly isRestarted: boolean;
}

/** The work of a resize: while the instance runs if the engine can, otherwise stopped. */
@Injectable()
export class Resizing {
  private readonly logger = new Logger('Instances');

  constructor(
    private readonly engine: EngineCalls,
    private readonly resizes: ResizeRepository,
    private readonly completions: Completions,
  ) {}

  async perform(work: Work): Promise<Outcome> {
    const { operation, target } = work;
    const args = resizeArgsOf(operation);
    const { result, isRestarted } = await this.resized(work, args);
    failpoint('engine.resized', target.id);
    const resized = { size: args.flavor, handle: storedHandleOf(result), isRestarted };
    return this.completions.running(work, () => this.resizes.complete(operation, resized));
  }

  private async resized(work: Work, { flavor, allowRestart, isOn }: ResizeArgs): Promise<Resized> {
    const { operation, target } = work;
    const driver = this.engine.driverOf(target);
    const resize = abilityOf(driver, 'resize');
    const call = this.engine.callOf(work);
    try {
      const result = await resize.resize(call, flavor);
      if (!isOn || !allowRestart) return { result, isRestarted: false };
      // An earlier attempt may have stopped it, and a start of a running instance changes nothing.
      return {
        result: await driver.start(startOf(call, flavor, result)),
        isRestarted: operation.attempts > 1,
      };
    } catch (error) {
      if (!(error instanceof RestartRequiredError)) throw error;
      if (!allowRestart) throw new InstanceRestartRequiredError(error.message);
    }
    const stopped = await driver.stop({ ...call, purpose: 'stop' });
    failpoint('engine.stopped_for_resize', target.id);
    try {
      const result = await resize.resize({ ...call, handle: stopped.handle }, flavor);
      return { result: await driver.start(startOf(call, flavor, result)), isRestarted: true };
    } catch (error) {
      await this.startAsBefore(driver, startOf(call, call.instance.flavor, stopped), error);
      throw error;
    }
  }

  /** If the resize will not be tried again, the instance runs on with its former size, if that is possible. */
  private async startAsBefore(driver: ComputeDriver, call: DriverCall, error: unknown): Promise<void> {
    if (!(error instanceof DriverError) || error.retryable || call.signal.aborted) return;
    const { id: instanceId, tenantId } = call.instance;
    await driver.start(call).catch((err: unknown) => {
      this.logger.warn(
        { err, instanceId, tenantId },
        'failed to start an instance that could not be resized',
      );
    });
  }
}

/** The call that starts the instance with this size. */
function startOf(call: DriverCall, flavor: ResizeArgs['flavor'], { handle }: DriverResult): DriverCall {
  return { ...call, instance: { ...call.instance, flavor }, handle, purpose: 'start' };
}
