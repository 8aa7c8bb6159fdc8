import { Injectable } from '@nestjs/common';
import type { InstanceType } from '../../../drivers/port/instance-type';
import { newId } from '../../../platform/values/uuid';
import type { Caller } from '../../../access/tenancy';
import { DriverRegistry } from '../../../drivers';
import { FlavorsService } from '../../flavors';
import { HostsService, type Host } from '../../hosts';
import { assertFits, ImagesService, needsRoom } from '../../images';
import { IntegrationDisabledError, NetworkClient, StorageClient } from '../../../integrations';
import { OperationSignals, PendingOperations } from '../../operations';
import { QuotasService, type ResourceRequest } from '../../quotas';
import {
  given,
  networkToMake,
  volumeToMake,
  type CreateNetworkSpec,
  type NewAttachment,
  type CreateVolumeSpec,
} from '../attachments/attachment';
import type { PlainValues } from '../fields';
import { assertPublished, assertSize, guestOf, type GuestRequest } from './guest';
import { newOperation, type ChangeRequest } from '../actions/change-request';
import { assertProbed } from '../engine/assert-probed';
import { InstanceActions, type ActionForecast } from '../actions/instance-actions';
import { CreationContendedError, InstanceNotFoundError } from '../instance.errors';
import { InstancesService } from '../instances.service';
import { HostPortsService } from '../ports/host-ports.service';
import { CloneService, type Clone } from '../snapshots/clone.service';
import { assertUsable } from '../snapshots/usable';
import { HandOver } from '../warm-pools/hand-over';
import {
  CreationRepository,
  type Creation,
  type CreationSource,
  type NewInstance,
} from './creation.repository';
import type { InstanceDocument } from '../instance';
import { ValidationFailedError } from '../../../platform/errors/service.errors';
import { isText } from '../../../platform/values/text';

export interface InstanceRequest extends GuestRequest, PlainValues {
  readonly name: string;
  readonly flavor: string;
  readonly type: InstanceType;
  readonly imageId: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly networkIds: readonly string[];
  readonly volumeIds: readonly string[];
  readonly createNetwork?: CreateNetworkSpec;
  readonly createVolume?: CreateVolumeSpec;
  /** How many instances, named with an index; if absent, one with the plain name. */
  readonly count?: number;
  /** The snapshot to create it from, instead of an image. */
  readonly sourceSnapshotId?: string;
  /** Whether the guest goes on from the memory in the snapshot. */
  readonly resume?: boolean;
}

/** A request that is possible as far as its own members go. */
interface CheckedRequest extends InstanceRequest {
  readonly clone: Clone | undefined;
}

interface PlacedRequest extends CheckedRequest {
  readonly host: Host;
}

export type CreationResult =
  | {
      readonly kind: 'one';
      readonly instance: InstanceDocument;
      readonly instanceId: string;
      readonly operationId: string;
    }
  /** JSON text of `{instances, operationIds}`. */
  | { readonly kind: 'list'; readonly document: string };

/** Maximum characters of a name. */
const MAX_NAME = 255;
/** Timeout for all checks of the resources that a request refers to. */
const CHECK_TIMEOUT_MS = 10_000;
const MAX_ATTEMPTS = 10;

/** Accepts new instances: checks and stores them, and leaves the rest to the worker. */
@Injectable()
export class ProvisioningService {
  constructor(
    private readonly creations: CreationRepository,
    private readonly flavors: FlavorsService,
    private readonly images: ImagesService,
    private readonly quotas: QuotasService,
    private readonly hostPorts: HostPortsService,
    private readonly drivers: DriverRegistry,
    private readonly hosts: HostsService,
    private readonly signals: OperationSignals,
    private readonly pending: PendingOperations,
    private readonly network: NetworkClient,
    private readonly storage: StorageClient,
    private readonly actions: InstanceActions,
    private readonly reader: InstancesService,
    private readonly clones: CloneService,
    private readonly handOver: HandOver,
  ) {}

  /**
   * @throws {ProbeUnsupportedError | InvalidFlavorError | ImageRequiredError | ImageNotFoundError | FlavorTooSmallError |
   * SnapshotNotFoundError | SnapshotNotAvailableError | FlavorTooSmallForSnapshotError | SnapshotWithoutMemoryError |
   * MemorySizeDiffersError | NotSupportedByEngineError | IntegrationDisabledError | ReferenceRefusedError | PlatformServiceError | TooManyPendingOperationsError |
   * QuotaExceededError | InsufficientCapacityError | HostPortsDisabledError | HostPortOutOfRangeError |
   * HostPortTakenError} with nothing written.
   */
  async create(request: InstanceRequest, change: ChangeRequest): Promise<CreationResult> {
    const { tenantId } = change.caller;
    const checked = await this.check(request, change);
    if (request.count !== undefined) return this.createList(checked, request.count, change);
    const placed = await this.place(checked);
    const creation = this.prepare(placed, change);
    const { operation } = creation;
    const made = await this.pending.add(
      tenantId,
      1,
      async () =>
        (await this.handOver.take(creation)) ??
        (await this.untilDecided(tenantId, placed, () => this.creations.create(creation))),
    );
    this.signals.enqueued();
    const hasEnded = await this.actions.hasEnded(operation.id, change);
    return {
      kind: 'one',
      instance: hasEnded ? await this.orAsItWas(tenantId, made.id, made) : made,
      instanceId: made.id,
      operationId: operation.id,
    };
  }

  private async createList(
    request: CheckedRequest,
    count: number,
    change: ChangeRequest,
  ): Promise<CreationResult> {
    const { tenantId } = change.caller;
    const placed = await this.place(request);
    const creations = this.prepareList(placed, count, change);
    const document = await this.pending.add(tenantId, count, () =>
      this.untilDecided(tenantId, placed, () => this.creations.createList(creations, change.key)),
    );
    this.signals.enqueued();
    return { kind: 'list', document };
  }

  /** Dry run of `create`, refusals included. */
  async forecast(request: InstanceRequest, change: ChangeRequest): Promise<ActionForecast> {
    const { tenantId } = change.caller;
    const checked = await this.check(request, change);
    const { count } = request;
    const host = checked.clone?.host ?? this.hosts.expected(request.type);
    const placed: PlacedRequest = { ...checked, host };
    await this.pending.dryRun(tenantId, count ?? 1);
    const creations =
      count === undefined
        ? [this.prepare(placed, { ...change, key: null })]
        : this.prepareList(placed, count, change);
    const documents = await this.untilDecided(tenantId, placed, () => this.creations.dryRun(creations));
    const forecast = await this.quotas.forecast(tenantId, resourcesOf(placed));
    return { action: 'create', documents, isList: count !== undefined, forecast };
  }

  /** Each replica creates instances on its own host, see `HostsService.forType`; clones go where their snapshot is. */
  private async place(request: CheckedRequest): Promise<PlacedRequest> {
    return { ...request, host: request.clone?.host ?? (await this.hosts.forType(request.type)) };
  }

  private prepareList(request: PlacedRequest, count: number, change: ChangeRequest): readonly Creation[] {
    const names = Array.from({ length: count }, (_, index) => `${request.name}-${index + 1}`);
    // The key belongs to the whole list.
    return names.map((name) => this.prepare({ ...request, name }, { ...change, key: null }));
  }

  private async check(request: InstanceRequest, { caller }: ChangeRequest): Promise<CheckedRequest> {
    const { createNetwork, createVolume, count = 1, name, volumeIds, flavor } = request;
    if (count > 1 && volumeIds.length > 0) {
      throw new ValidationFailedError([
        { field: 'volumeIds', message: 'volumeIds must be empty if count is greater than 1' },
      ]);
    }
    if (request.count !== undefined && !isText(`${name}-${count}`, 1, MAX_NAME)) {
      throw new ValidationFailedError([
        { field: 'name', message: `name and its index must fit into ${MAX_NAME} characters` },
      ]);
    }
    const guest = guestOf(request);
    assertSize(guest, { metadata: request.metadata, count });
    this.hostPorts.check(guest.ports ?? [], count);
    const clone = await this.clones.cloneOf(caller.tenantId, request);
    const driver = clone?.driver ?? this.drivers.forType(request.type);
    assertPublished(guest);
    const image = clone
      ? this.images.stored(clone.snapshot.imageId)
      : this.images.choose(caller.tenantId, request.imageId, driver);
    assertProbed(driver, image, request.readiness);
    // Without references, checking early saves nothing: the statement that inserts the instance checks the flavor.
    if (clone || hasReferences(request) || (image && needsRoom(image))) {
      const size = await this.flavors.choose(flavor);
      if (image) assertFits(image, size);
      if (clone) assertUsable(clone.snapshot, size, clone.isResuming);
    }
    if (createNetwork && !this.network.isEnabled) {
      throw new IntegrationDisabledError('createNetwork', 'Network');
    }
    if (createVolume && !this.storage.isEnabled)
      throw new IntegrationDisabledError('createVolume', 'Storage');
    await this.checkReferences(request, caller);
    return { ...request, clone, imageId: clone?.snapshot.imageId ?? request.imageId };
  }

  private prepare(request: PlacedRequest, change: ChangeRequest): Creation {
    const instance: NewInstance = {
      ...request,
      guest: guestOf(request),
      id: newId(),
      volumeIds: this.storage.isEnabled ? [] : request.volumeIds,
      attachments: this.plan(request),
      ...(request.clone && { source: sourceOf(request.clone) }),
    };
    return { tenantId: change.caller.tenantId, instance, operation: newOperation('create', change) };
  }

  /** Falls back to the response of the creation, if the instance was deleted during the wait. */
  private async orAsItWas(tenantId: string, id: string, made: InstanceDocument): Promise<InstanceDocument> {
    try {
      return await this.reader.get(tenantId, id);
    } catch (error) {
      if (error instanceof InstanceNotFoundError) return made;
      throw error;
    }
  }

  /** Retries creations that only concurrent requests have prevented. */
  private async untilDecided<T>(
    tenantId: string,
    request: PlacedRequest,
    attempt: () => Promise<T | undefined>,
  ): Promise<T> {
    for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts++) {
      const made = await attempt();
      if (made !== undefined) return made;
      const refusal =
        (request.clone && (await this.clones.refusalOf(tenantId, request.clone.snapshot.id))) ??
        (await this.quotas.refusalOf(tenantId, resourcesOf(request))) ??
        (await this.hostPorts.refusalOf(tenantId, request.host.id, guestOf(request).ports ?? []));
      if (refusal) throw refusal;
    }
    throw new CreationContendedError();
  }

  /** One by one: the first refusal is the response, and one request cannot flood a platform service. */
  private async checkReferences(
    { networkIds, volumeIds }: Pick<InstanceRequest, 'networkIds' | 'volumeIds'>,
    caller: Caller,
  ): Promise<void> {
    if (networkIds.length + volumeIds.length === 0) return;
    const context = { ...caller, signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) };
    for (const id of networkIds) await this.network.check(context, id);
    for (const id of volumeIds) await this.storage.check(context, id, null);
  }

  /** In the order in which they are established. Recording a network is enough to attach it. */
  private plan({ networkIds, volumeIds, createNetwork, createVolume }: InstanceRequest): NewAttachment[] {
    const toMake = { state: 'planned', isUnchecked: false } as const;
    const volumeState = this.storage.isEnabled ? 'planned' : 'attached';
    const planned: NewAttachment[] = networkIds.map((id) => {
      return { ...given('network', id), state: 'attached', isUnchecked: !this.network.isEnabled };
    });
    if (createNetwork) planned.push({ ...networkToMake(createNetwork), ...toMake });
    for (const id of volumeIds)
      planned.push({ ...given('volume', id), state: volumeState, isUnchecked: !this.storage.isEnabled });
    if (createVolume) planned.push({ ...volumeToMake(createVolume), ...toMake });
    return planned;
  }
}

function sourceOf({ snapshot, isResuming }: Clone): CreationSource {
  return { snapshotId: snapshot.id, resume: isResuming };
}

function resourcesOf({ flavor, host, count = 1 }: PlacedRequest): ResourceRequest {
  return { flavor, hostId: host.id, count };
}

function hasReferences(request: InstanceRequest): boolean {
  const { networkIds, volumeIds, createNetwork, createVolume } = request;
  return networkIds.length + volumeIds.length > 0 || !!createNetwork || !!createVolume;
}
