import { Injectable } from '@nestjs/common';
import { recordKey } from '../../../../access/idempotency';
import { Database } from '../../../../platform/database';
import type { SnapshotStatus } from '../snapshot';
import { useSnapshot } from '../store/snapshot.sql';

export interface NewImage {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly snapshotId: string;
}

export interface Publication {
  readonly image: NewImage;
  /** Maximum number of images of the tenant. */
  readonly limit: number;
  /** JSON text of the response, stored for repeats of the request. */
  readonly body: string;
  /** See `toKeyRecord`; null if the request has no key. */
  readonly keyRecord: string | null;
}

/** What can prevent a publication. */
export interface PublicationState {
  /** Null if the tenant does not have the snapshot. */
  readonly snapshotStatus: SnapshotStatus | null;
  /** Whether the tenant has an image with the id. */
  readonly isTaken: boolean;
  /** Number of images of the tenant. */
  readonly images: number;
}

/** Makes images of snapshots. */
@Injectable()
export class PublishingRepository {
  constructor(private readonly database: Database) {}

  /** False, with nothing written, if the snapshot is not available, the id is taken or the tenant has too many images. */
  async publish(
    tenantId: string,
    { image: { id, name, description, snapshotId }, limit, body, keyRecord }: Publication,
  ): Promise<boolean> {
    const rows = await this.database.query({
      name: 'snapshot_publish',
      text: `
        WITH allowed AS MATERIALIZED (
          SELECT lock_and_count_tenant_images($1) < $6::int AS allowed
        ), ${useSnapshot('allowed', 's.id = $5 AND s.tenant_id = $1 AND allowed')}, made AS (
          INSERT INTO tenant_images (tenant_id, id, name, description, snapshot_id)
          SELECT $1, $2, $3, $4, source.id FROM source ON CONFLICT DO NOTHING RETURNING tenant_id
        ), answered AS (
          SELECT tenant_id, NULL::uuid AS id, NULL::integer AS version, $7::text AS document FROM made
        ), key_record AS (${recordKey('answered', '$8::jsonb')})
        SELECT 1 FROM made`,
      values: [tenantId, id, name, description, snapshotId, limit, body, keyRecord],
    });
    return rows.length > 0;
  }

  async state(tenantId: string, { id, snapshotId }: NewImage): Promise<PublicationState> {
    const [state] = await this.database.query<PublicationState>({
      name: 'snapshot_publication_state',
      text: `
        SELECT (SELECT status FROM snapshots WHERE tenant_id = $1 AND id = $3) AS "snapshotStatus",
          EXISTS (SELECT FROM tenant_images WHERE tenant_id = $1 AND id = $2) AS "isTaken",
          (SELECT count(*)::int FROM tenant_images WHERE tenant_id = $1) AS images`,
      values: [tenantId, id, snapshotId],
    });
    return state ?? { snapshotStatus: null, isTaken: false, images: 0 };
  }
}
