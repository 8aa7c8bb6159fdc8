import { Injectable } from '@nestjs/common';
import { DriverRegistry } from '../../../drivers';
import { ValidationFailedError } from '../../../platform/errors/service.errors';
import { assertFits, ImagesService } from '../../images';
import { ActionsRepository } from '../actions/actions.repository';
import { assertAllowed } from '../actions/actions';
import { newOperation, type ChangeRequest, type NewOperation } from '../actions/change-request';
import { InstanceActions, type ActionForecast, type ActionResult } from '../actions/instance-actions';
import { assertProbed } from '../engine/assert-probed';
import type { InstanceDocument, InstanceState } from '../instance';
import { CloneService } from '../snapshots/clone.service';
import type { SnapshotSource } from '../snapshots/snapshot';
import { assertUsable } from '../snapshots/usable';
import type { RebuildArgs } from './rebuild-args';
import { ImageNotForInstanceError, InstanceNeverCreatedError } from './rebuild.errors';
import { RebuildRepository, type CurrentInstance } from './rebuild.repository';

export type RebuildRequest = Pick<RebuildArgs, 'imageId' | 'userData'>;

interface NewRebuild extends RebuildRequest {
  readonly operation: NewOperation;
  readonly isDryRun: boolean;
}

/** Gives existing instances another image. */
@Injectable()
export class RebuildService {
  constructor(
    private readonly rebuilds: RebuildRepository,
    private readonly repository: ActionsRepository,
    private readonly images: ImagesService,
    private readonly drivers: DriverRegistry,
    private readonly actions: InstanceActions,
    private readonly clones: CloneService,
  ) {}

  /**
   * Waits for the operation, for a while.
   * @throws {ImageRequiredError | ImageNotFoundError | FlavorTooSmallError | ValidationFailedError |
   * InstanceNeverCreatedError | ImageNotForInstanceError | FlavorTooSmallForSnapshotError | NotSupportedByEngineError |
   * ProbeUnsupportedError} with nothing written.
   */
  async rebuild(id: string, request: RebuildRequest, change: ChangeRequest): Promise<ActionResult> {
    const operation = newOperation('rebuild', change);
    const begun = await this.begin(id, change, { ...request, operation, isDryRun: false });
    return this.actions.outcome(operation.id, { id, begun, change });
  }

  /** Dry run, refusals included. */
  async forecast(id: string, request: RebuildRequest, change: ChangeRequest): Promise<ActionForecast> {
    const operation = newOperation('rebuild', { ...change, key: null });
    const { document } = await this.begin(id, change, { ...request, operation, isDryRun: true });
    return { action: 'rebuild', documents: [document] };
  }

  private begin(id: string, change: ChangeRequest, rebuild: NewRebuild): Promise<InstanceDocument> {
    return this.actions.withOptimisticLock(change, id, (state) => this.attempt(id, state, change, rebuild));
  }

  /** Undefined if a concurrent change prevented it. */
  private async attempt(
    id: string,
    state: InstanceState,
    { caller: { tenantId } }: ChangeRequest,
    { imageId, userData, operation, isDryRun }: NewRebuild,
  ): Promise<InstanceDocument | undefined> {
    this.actions.abilitiesFor('rebuild', state);
    assertAllowed('rebuild', state);
    const driver = this.drivers.find(state.driver);
    const current = await this.rebuilds.current(tenantId, id);
    if (!current || !driver) return undefined;
    if (!current.isCounted) throw new InstanceNeverCreatedError();
    if (userData !== undefined && current.type !== 'vm')
      throw new ValidationFailedError([{ field: 'userData', message: 'userData is only for type vm' }]);
    const snapshot = await this.clones.ofImage(tenantId, imageId);
    if (snapshot) assertRebuildable(snapshot, current);
    const image = snapshot
      ? this.images.stored(snapshot.imageId)
      : this.images.choose(tenantId, imageId, driver);
    if (image) assertFits(image, current);
    assertProbed(driver, image, current.readiness);
    const args: RebuildArgs = {
      imageId: snapshot?.imageId ?? imageId,
      ...(snapshot && { snapshotId: snapshot.id }),
      ...(userData !== undefined && { userData }),
      isOn: state.status !== 'stopped',
    };
    const ref = { id, version: state.version };
    const start = { operation, args: { ...args }, via: null, isDryRun };
    return snapshot
      ? this.rebuilds.beginFrom(tenantId, ref, snapshot.id, start)
      : this.repository.beginAction(tenantId, ref, start);
  }
}

/** @throws {ImageNotForInstanceError | SnapshotNotAvailableError | FlavorTooSmallForSnapshotError} */
function assertRebuildable(snapshot: SnapshotSource, current: CurrentInstance): void {
  const { hostId, type } = snapshot;
  if (hostId !== current.hostId || type !== current.type) throw new ImageNotForInstanceError();
  assertUsable(snapshot, current, false);
}
