import { Injectable } from '@nestjs/common';
import { newId } from '../common/uuid';
import { DriverRegistry } from '../drivers';
import { FlavorsService } from '../flavors';
import { IntegrationDisabledError, NetworkClient, StorageClient, type CallContext } from '../integrations';
import { OperationSignals } from '../operations';
import type { InstanceType } from '../common/instance-type';
import { LifecycleRepository } from './lifecycle.repository';
import type { Caller, Started } from './power.service';

export interface InstanceRequest {
  readonly name: string;
  readonly flavor: string;
  readonly type: InstanceType;
  readonly imageId: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly networkIds: readonly string[];
  readonly volumeIds: readonly string[];
  readonly createNetwork?: object;
  readonly createVolume?: object;
}

export interface Created extends Started {
  readonly instanceId: string;
}

/** How long a request waits for all the checks of what it refers to. */
const CHECK_TIMEOUT_MS = 10_000;

/** Takes a new instance in: checks what it refers to, writes it down, and leaves the rest to the worker. */
@Injectable()
export class ProvisioningService {
  constructor(
    private readonly lifecycle: LifecycleRepository,
    private readonly flavors: FlavorsService,
    private readonly drivers: DriverRegistry,
    private readonly signals: OperationSignals,
    private readonly network: NetworkClient,
    private readonly storage: StorageClient,
  ) {}

  /** @throws {InvalidFlavorError | IntegrationDisabledError} before anything is written. */
  async create(tenantId: string, request: InstanceRequest, caller: Caller): Promise<Created> {
    const { createNetwork, createVolume, ...wanted } = request;
    this.flavors.choose(wanted.flavor);
    if (createNetwork) throw new IntegrationDisabledError('createNetwork', 'Network');
    if (createVolume) throw new IntegrationDisabledError('createVolume', 'Storage');
    await this.checkReferences(wanted, {
      tenantId,
      ...caller,
      signal: AbortSignal.timeout(CHECK_TIMEOUT_MS),
    });
    const instanceId = newId();
    const operation = { id: newId(), type: 'create', ...caller } as const;
    const driver = this.drivers.forType(wanted.type).kind;
    const instance = await this.lifecycle.create(tenantId, { id: instanceId, ...wanted, driver }, operation);
    this.signals.enqueued();
    return { instanceId, operationId: operation.id, instance, isDone: false };
  }

  private async checkReferences(
    { networkIds, volumeIds }: Pick<InstanceRequest, 'networkIds' | 'volumeIds'>,
    context: CallContext,
  ): Promise<void> {
    for (const id of networkIds) await this.network.check(context, id);
    for (const id of volumeIds) await this.storage.check(context, id);
  }
}
