import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../common/errors/app.error';
import {
  DriverRegistry,
  type DriverCall,
  type DriverHandle,
  type Observation,
  type Purpose,
} from '../drivers';
import { FlavorsService } from '../flavors';
import { MonitoringClient, StorageClient, type CallContext, type MetricName } from '../integrations';
import {
  OperationHandler,
  type ClaimedOperation,
  type Failure,
  type OperationType,
  type RecordOutcome,
} from '../operations';
import type { InstanceStatus } from './instance';
import { SettlementRepository, type LifecycleTarget, type Settlement } from './settlement.repository';
import { TRANSITIONS } from './transitions';

const INSPECT_TIMEOUT_MS = 5000;

const METRICS: Readonly<Record<OperationType, MetricName>> = {
  create: 'instance_created',
  start: 'instance_started',
  stop: 'instance_stopped',
  restart: 'instance_restarted',
  delete: 'instance_deleted',
};

/** What each operation does to engine and neighbours, and what becomes of the instance then. */
@Injectable()
export class InstanceLifecycle extends OperationHandler {
  private readonly logger = new Logger('Instances');

  constructor(
    private readonly repository: SettlementRepository,
    private readonly flavors: FlavorsService,
    private readonly drivers: DriverRegistry,
    private readonly storage: StorageClient,
    private readonly monitoring: MonitoringClient,
  ) {
    super();
  }

  async execute(operation: ClaimedOperation, signal: AbortSignal): Promise<RecordOutcome> {
    const target = await this.repository.target(operation);
    if (!target) return () => this.repository.abandon(operation);
    const handle = await this.perform(operation, target, signal);
    return async () => {
      const isOurs = await this.recordSuccess(operation, handle);
      if (isOurs) this.count(METRICS[operation.type], target);
      return isOurs;
    };
  }

  async fail(operation: ClaimedOperation, failure: Failure, isOutcomeKnown: boolean): Promise<boolean> {
    const target = await this.repository.target(operation);
    if (!target) return this.repository.abandon(operation);
    const isOurs = await this.repository.settle(operation, {
      result: 'failed',
      status: await this.statusAfterFailure(operation, target, isOutcomeKnown),
      reason: `${operation.type} failed: ${failure.message}`,
      failure,
      handle: null,
    });
    if (isOurs) this.count('instance_failed', target);
    return isOurs;
  }

  postpone(operation: ClaimedOperation, failure: Failure, delayMs: number): Promise<boolean> {
    const seconds = Math.ceil(delayMs / 1000);
    const reason = `${operation.type} is tried again in ${seconds} s, attempt ${operation.attempts} failed: ${failure.message}`;
    return this.repository.postpone(operation, { failure, reason, delayMs });
  }

  private async perform(
    operation: ClaimedOperation,
    target: LifecycleTarget,
    signal: AbortSignal,
  ): Promise<DriverHandle | null> {
    const driver = this.drivers.byName(target.driver);
    const call = this.callOf(target, operation.type, signal);
    switch (operation.type) {
      case 'create':
        await this.attachVolumes(target, contextOf(operation, signal));
        return driver.create(call);
      case 'start':
      case 'restart':
        return driver.start(call);
      case 'stop':
        return driver.stop(call);
      case 'delete':
        await this.detachVolumes(target, contextOf(operation, signal));
        await driver.destroy(call);
        return null;
    }
  }

  private async attachVolumes(target: LifecycleTarget, context: CallContext): Promise<void> {
    for (const volumeId of target.volumeIds) await this.storage.attach(context, volumeId, target.id);
  }

  private async detachVolumes(target: LifecycleTarget, context: CallContext): Promise<void> {
    for (const volumeId of target.volumeIds.toReversed()) {
      await this.storage.detach(context, volumeId, target.id);
    }
  }

  private recordSuccess(operation: ClaimedOperation, handle: DriverHandle | null): Promise<boolean> {
    const { to } = TRANSITIONS[operation.type];
    if (to === null) return this.repository.settleDelete(operation);
    const settlement: Settlement = { result: 'succeeded', status: to, reason: null, failure: null, handle };
    return this.repository.settle(operation, settlement);
  }

  /** A failed start or stop leaves the instance as the engine says it is; where that is unknown, in `error`. */
  private async statusAfterFailure(
    operation: ClaimedOperation,
    target: LifecycleTarget,
    isOutcomeKnown: boolean,
  ): Promise<InstanceStatus> {
    const { failed } = TRANSITIONS[operation.type];
    if (failed !== null || !isOutcomeKnown) return 'error';
    const observation = await this.inspect(target);
    if (observation?.presence !== 'present' || observation.power === 'failed') return 'error';
    return observation.power;
  }

  private async inspect(target: LifecycleTarget): Promise<Observation | undefined> {
    const signal = AbortSignal.timeout(INSPECT_TIMEOUT_MS);
    try {
      return await this.drivers.byName(target.driver).inspect(this.callOf(target, 'inspect', signal));
    } catch (error) {
      this.logger.warn({ err: error, instanceId: target.id }, `cannot inspect it: ${messageOf(error)}`);
      return undefined;
    }
  }

  private callOf(target: LifecycleTarget, purpose: Purpose, signal: AbortSignal): DriverCall {
    const { id, tenantId, name, type, imageId, networkIds, volumeIds, metadata, handle } = target;
    const flavor = this.flavors.get(target.flavor);
    const instance = { id, tenantId, name, type, flavor, imageId, networkIds, volumeIds, metadata };
    return { instance, handle, purpose, signal };
  }

  private count(name: MetricName, { tenantId, type, flavor }: LifecycleTarget): void {
    this.monitoring.count({ name, tenantId, type, flavor });
  }
}

function contextOf(operation: ClaimedOperation, signal: AbortSignal): CallContext {
  const { tenantId, requestId, traceparent } = operation;
  return { tenantId, requestId, traceparent, signal };
}
