import { Injectable } from '@nestjs/common';
import { RestartRequiredError, type DriverCall, type DriverResult } from '../../../drivers';
import type { Outcome } from '../../operations';
import { failpoint } from '../../../platform/failpoints';
import { NotSupportedByEngineError } from '../engine/engine.errors';
import { EngineCalls } from '../work/engine-calls';
import { storedHandleOf } from '../work/stored-handle';
import type { Work } from '../work/work';
import { resizeArgsOf, type ResizeArgs } from './resize-args';
import { InstanceRestartRequiredError } from './resize.errors';
import { ResizeRepository } from './resize.repository';

/** The work of a resize: while the instance runs if the engine can, otherwise stopped. */
@Injectable()
export class Resizing {
  constructor(
    private readonly engine: EngineCalls,
    private readonly resizes: ResizeRepository,
  ) {}

  async perform(work: Work): Promise<Outcome> {
    const { operation, target } = work;
    const args = resizeArgsOf(operation);
    const result = await this.resized(work, args);
    failpoint('engine.resized', target.id);
    const handle = storedHandleOf(result);
    return { result: 'succeeded', record: () => this.resizes.complete(operation, args.flavor, handle) };
  }

  private async resized(work: Work, { flavor, allowRestart }: ResizeArgs): Promise<DriverResult> {
    const driver = this.engine.driverOf(work.target);
    const { resize } = driver.abilities;
    if (!resize) throw new NotSupportedByEngineError(driver.kind, 'resize');
    const call = this.engine.callOf(work);
    const isOn = work.target.status === 'running';
    try {
      const result = await resize.resize(call, flavor);
      // An earlier attempt may have stopped it.
      return isOn && allowRestart ? await driver.start(resized(call, flavor, result)) : result;
    } catch (error) {
      if (!(error instanceof RestartRequiredError)) throw error;
      if (!allowRestart) throw new InstanceRestartRequiredError(error.message);
    }
    const stopped = await driver.stop({ ...call, purpose: 'stop' });
    failpoint('engine.stopped_for_resize', work.target.id);
    const result = await resize.resize({ ...call, handle: stopped.handle }, flavor);
    return driver.start(resized(call, flavor, result));
  }
}

/** The call that starts the instance with its new size. */
function resized(call: DriverCall, flavor: ResizeArgs['flavor'], { handle }: DriverResult): DriverCall {
  return { ...call, instance: { ...call.instance, flavor }, handle, purpose: 'start' };
}
