import { Injectable } from '@nestjs/common';
import { DriverRegistry, type ComputeDriver } from '../../../drivers';
import type { InstanceType } from '../../../drivers/port/instance-type';
import { ValidationFailedError } from '../../../platform/errors/service.errors';
import type { Host } from '../../hosts';
import { ImagesService } from '../../images';
import { NotSupportedByEngineError } from '../engine/engine.errors';
import type { SnapshotSource } from './snapshot';
import { SnapshotNotAvailableError, SnapshotNotFoundError } from './snapshot.errors';
import { SnapshotsRepository } from './store/snapshots.repository';

/** The members of a creation that are about its snapshot. */
export interface CloneRequest {
  readonly sourceSnapshotId?: string;
  readonly resume?: boolean;
  readonly type: InstanceType;
  readonly imageId: string;
}

/** The snapshot that a new instance is created from. */
export interface Clone {
  readonly snapshot: SnapshotSource;
  readonly driver: ComputeDriver;
  /** The host that has the snapshot, and gets the instance. */
  readonly host: Host;
  /** Whether the guest goes on from its memory. */
  readonly isResuming: boolean;
}

/** Finds the snapshots that instances are created from. */
@Injectable()
export class CloneService {
  constructor(
    private readonly snapshots: SnapshotsRepository,
    private readonly drivers: DriverRegistry,
    private readonly images: ImagesService,
  ) {}

  /**
   * Undefined if the instance is created from an image that is not a snapshot of the tenant.
   * @throws {ValidationFailedError | SnapshotNotFoundError | NotSupportedByEngineError}
   */
  async cloneOf(tenantId: string, request: CloneRequest): Promise<Clone | undefined> {
    const { sourceSnapshotId, resume, type, imageId } = request;
    if (sourceSnapshotId === undefined && resume !== undefined)
      throw invalid('resume', 'resume requires sourceSnapshotId');
    if (sourceSnapshotId !== undefined && imageId !== '')
      throw invalid('imageId', 'imageId and sourceSnapshotId exclude each other');
    const snapshot =
      sourceSnapshotId === undefined
        ? await this.ofImage(tenantId, imageId)
        : await this.snapshots.source(tenantId, sourceSnapshotId);
    if (!snapshot && sourceSnapshotId === undefined) return undefined;
    if (!snapshot) throw new SnapshotNotFoundError();
    if (type !== snapshot.type) {
      throw invalid('type', `type must be ${snapshot.type}, as that of the instance in the snapshot`);
    }
    const driver = this.drivers.find(snapshot.driver);
    if (!driver?.abilities.snapshots) throw new NotSupportedByEngineError(snapshot.driver, 'clone');
    const host = { id: snapshot.hostId, backendId: snapshot.driver };
    return { snapshot, driver, host, isResuming: resume === true };
  }

  /** The snapshot that an image of the tenant refers to; undefined if the id means another image, or none. */
  async ofImage(tenantId: string, imageId: string): Promise<SnapshotSource | undefined> {
    const own = await this.images.findOwn(tenantId, imageId);
    return own && this.snapshots.source(tenantId, own.snapshotId);
  }

  /** Why the snapshot cannot be used now; undefined if it can. */
  async refusalOf(tenantId: string, id: string): Promise<Error | undefined> {
    const found = await this.snapshots.source(tenantId, id);
    if (!found) return new SnapshotNotFoundError();
    return found.status === 'available' ? undefined : new SnapshotNotAvailableError(found.status);
  }
}

function invalid(field: string, message: string): ValidationFailedError {
  return new ValidationFailedError([{ field, message }]);
}
