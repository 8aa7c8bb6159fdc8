import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database';
import { OPERATORS, recordKey } from '../../access/idempotency';
import type { Flavor, NewFlavor } from './flavor';

const COLUMNS = `name, vcpus, ram_gb AS "ramGB", disk_gb AS "diskGB", gpus, gpu_model AS "gpuModel", description,
  retired_at IS NOT NULL AS "isRetired"`;

/** The response to store for repeats of the request. */
export interface StoredFlavorResponse {
  /** See `toKeyRecord`; null if the request has no key. */
  readonly keyRecord: string | null;
  readonly body: string;
}

const NOT_STORED: StoredFlavorResponse = { keyRecord: null, body: '' };

/** Flavors belong to no tenant: operators change them, everyone can read them. */
@Injectable()
export class FlavorsRepository {
  constructor(private readonly database: Database) {}

  /** Flavors available to new instances, in order of creation. */
  list(): Promise<readonly Flavor[]> {
    return this.database.query<Flavor>({
      name: 'flavors',
      text: `SELECT ${COLUMNS} FROM flavors WHERE retired_at IS NULL ORDER BY position`,
      values: [],
    });
  }

  /** Includes retired flavors, which instances may still use. */
  async find(name: string): Promise<Flavor | undefined> {
    const [flavor] = await this.database.query<Flavor>({
      name: 'flavor_find',
      text: `SELECT ${COLUMNS} FROM flavors WHERE name = $1`,
      values: [name],
    });
    return flavor;
  }

  /** Undefined if the name is taken. */
  async create(
    flavor: NewFlavor,
    { keyRecord, body }: StoredFlavorResponse = NOT_STORED,
  ): Promise<Flavor | undefined> {
    const [made] = await this.database.query<Flavor>({
      name: 'flavor_create',
      text: `
        WITH made AS (
          INSERT INTO flavors (name, vcpus, ram_gb, disk_gb, gpus, gpu_model, description)
          VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO NOTHING RETURNING *
        ), answered AS (
          SELECT $8::text AS tenant_id, NULL::uuid AS id, NULL::integer AS version, $9::text AS document FROM made
        ), key_record AS (${recordKey('answered', '$10::jsonb')})
        SELECT ${COLUMNS} FROM made`,
      values: [
        flavor.name,
        flavor.vcpus,
        flavor.ramGB,
        flavor.diskGB,
        flavor.gpus,
        flavor.gpuModel,
        flavor.description,
        OPERATORS,
        body,
        keyRecord,
      ],
    });
    return made;
  }

  /** Undefined if the flavor does not exist. */
  async describe(name: string, description: string): Promise<Flavor | undefined> {
    const [flavor] = await this.database.query<Flavor>({
      name: 'flavor_describe',
      text: `UPDATE flavors SET description = $2 WHERE name = $1 RETURNING ${COLUMNS}`,
      values: [name, description],
    });
    return flavor;
  }

  /** Deletes the flavor if no instance uses it, otherwise retires it. Safe to repeat. */
  async remove(name: string): Promise<void> {
    await this.database.query({
      name: 'flavor_remove',
      text: 'SELECT remove_flavor($1)::text',
      values: [name],
    });
  }
}
