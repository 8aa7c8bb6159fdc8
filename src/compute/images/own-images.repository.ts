import { Injectable } from '@nestjs/common';
import { Batcher, Database } from '../../platform/database';
import type { OwnImage } from './own-image';

interface Wanted {
  readonly tenantId: string;
  readonly id: string;
}

/** Members of an `OwnImage`, from rows `t` of `tenant_images` and `s` of `snapshots`. */
const MEMBERS = `t.id, t.name, t.description, t.snapshot_id AS "snapshotId", s.type, s.image_id AS "baseImageId",
  s.disk_gb AS "diskGB"`;

/** Images of tenants; `PublishingRepository` adds them. */
@Injectable()
export class OwnImagesRepository {
  /** Creations look up each image that the catalog does not have, so those of concurrent requests share a statement. */
  private readonly lookups = new Batcher(
    (all: readonly Wanted[]) => this.findAll(all),
    ({ tenantId }) => tenantId,
  );

  constructor(private readonly database: Database) {}

  /** Undefined if the tenant does not have it. */
  find(tenantId: string, id: string): Promise<OwnImage | undefined> {
    return this.lookups.submit({ tenantId, id });
  }

  /** By id, at most `limit` after the given id. */
  list(
    tenantId: string,
    { after, limit }: { readonly after: string | null; readonly limit: number },
  ): Promise<readonly OwnImage[]> {
    return this.database.query<OwnImage>({
      name: 'tenant_images',
      text: `
        SELECT ${MEMBERS} FROM tenant_images t JOIN snapshots s ON s.id = t.snapshot_id
        WHERE t.tenant_id = $1 AND t.id > $2 ORDER BY t.id LIMIT $3`,
      values: [tenantId, after ?? '', limit],
    });
  }

  /** False if the tenant does not have it. */
  async remove(tenantId: string, id: string): Promise<boolean> {
    const rows = await this.database.query({
      name: 'tenant_image_remove',
      text: 'DELETE FROM tenant_images WHERE tenant_id = $1 AND id = $2 RETURNING 1',
      values: [tenantId, id],
    });
    return rows.length > 0;
  }

  private async findAll(all: readonly Wanted[]): Promise<readonly (OwnImage | undefined)[]> {
    const rows = await this.database.query<OwnImage & { readonly position: number }>({
      name: 'tenant_images_find',
      text: `
        SELECT wanted.position::int AS position, ${MEMBERS}
        FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS wanted (tenant_id, id, position)
        JOIN tenant_images t ON t.tenant_id = wanted.tenant_id AND t.id = wanted.id
        JOIN snapshots s ON s.id = t.snapshot_id`,
      values: [all.map(({ tenantId }) => tenantId), all.map(({ id }) => id)],
    });
    const found = new Map(rows.map(({ position, ...image }) => [position, image]));
    return all.map((_, index) => found.get(index + 1));
  }
}
