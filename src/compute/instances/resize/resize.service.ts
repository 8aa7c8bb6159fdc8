import { Injectable } from '@nestjs/common';
import { FlavorsService } from '../../flavors';
import { ImagesService } from '../../images';
import { QuotasService } from '../../quotas';
import { assertAllowed } from '../actions/actions';
import { newOperation, type ChangeRequest } from '../actions/change-request';
import { InstanceActions, type ActionForecast, type ActionResult } from '../actions/instance-actions';
import type { InstanceDocument, InstanceState } from '../instance';
import { DiskCannotShrinkError, GpusCannotChangeError, InstanceRestartRequiredError } from './resize.errors';
import { ResizeRepository, type NewResize } from './resize.repository';

export interface ResizeRequest {
  readonly flavor: string;
  readonly allowRestart: boolean;
}

/** Gives existing instances another flavor. */
@Injectable()
export class ResizeService {
  constructor(
    private readonly resizes: ResizeRepository,
    private readonly flavors: FlavorsService,
    private readonly images: ImagesService,
    private readonly quotas: QuotasService,
    private readonly actions: InstanceActions,
  ) {}

  /**
   * Reserves what the new size needs in addition, until the operation has ended. Waits for it, for a while.
   * @throws {InvalidFlavorError | FlavorTooSmallError | DiskCannotShrinkError | GpusCannotChangeError |
   * InstanceRestartRequiredError |
   * NotSupportedByEngineError | QuotaExceededError | InsufficientCapacityError} with nothing written.
   */
  async resize(id: string, request: ResizeRequest, change: ChangeRequest): Promise<ActionResult> {
    const operation = newOperation('resize', change);
    const begun = await this.begin(id, change, { ...request, operation, isDryRun: false });
    return this.actions.outcome(operation.id, { id, begun, change });
  }

  /** Dry run, refusals included. */
  async forecast(id: string, request: ResizeRequest, change: ChangeRequest): Promise<ActionForecast> {
    const operation = newOperation('resize', { ...change, key: null });
    const { document } = await this.begin(id, change, { ...request, operation, isDryRun: true });
    return { action: 'resize', documents: [document] };
  }

  private begin(id: string, change: ChangeRequest, resize: NewResize): Promise<InstanceDocument> {
    return this.actions.withOptimisticLock(change, id, (state) => this.attempt(id, state, change, resize));
  }

  /** Undefined if a concurrent change prevented it. */
  private async attempt(
    id: string,
    state: InstanceState,
    { caller: { tenantId } }: ChangeRequest,
    resize: NewResize,
  ): Promise<InstanceDocument | undefined> {
    const { resize: resizer } = this.actions.abilitiesFor('resize', state);
    assertAllowed('resize', state);
    const current = await this.resizes.current(tenantId, id);
    if (!current || !resizer) return undefined;
    const flavor = await this.flavors.choose(resize.flavor);
    const hasSameGpus = flavor.gpus === current.gpus && flavor.gpuModel === current.gpuModel;
    if (!hasSameGpus) throw new GpusCannotChangeError(flavor);
    if (flavor.diskGB < current.diskGB) throw new DiskCannotShrinkError(current.diskGB, flavor);
    this.images.assertStillFits(current.imageId, flavor);
    const needsRestart = state.status === 'running' && !resizer.isLive(current, flavor);
    if (needsRestart && !resize.allowRestart) throw new InstanceRestartRequiredError();
    const begun = await this.resizes.begin(tenantId, { id, version: state.version }, resize);
    if (begun) return begun;
    const refusal = await this.quotas.refusalOf(tenantId, {
      flavor: flavor.name,
      hostId: current.hostId,
      from: current,
    });
    if (refusal) throw refusal;
    return undefined;
  }
}
