import type { Pool } from 'pg';
import { v7 } from 'uuid';
import { Database, type Statement } from '../../src/database/database';
import { LifecycleRepository } from '../../src/instances/lifecycle.repository';
import { poolOf, POOL_SIZE } from '../support/cluster';
import { serve } from '../support/helper';
import { NEW_INSTANCE, TENANT } from '../support/instances';
import type { WriterResult } from '../support/writer';

/** The service's own statement through `pg`, prepared by its name, and nothing around it. */
class PlainDatabase extends Database {
  readonly kind = 'postgres';
  readonly location = 'bench';

  constructor(private readonly pool: Pool) {
    super();
  }

  async query<Row>({ name, text, values }: Statement): Promise<readonly Row[]> {
    const { rows } = await this.pool.query<Row & object>({ name, text, values: [...values] });
    return rows;
  }

  transaction(): Promise<never> {
    return Promise.reject(new Error('the bench uses single statements'));
  }
  notify(): Promise<void> {
    return Promise.resolve();
  }
  subscribe(): Promise<void> {
    return Promise.resolve();
  }
  close(): Promise<void> {
    return this.pool.end();
  }
}

const repository = new LifecycleRepository(
  new PlainDatabase(poolOf(process.env['DATABASE_URL'] ?? 'the bench sets it')),
);

serve(async (task) => {
  if (typeof task !== 'object' || task === null || !('seconds' in task) || typeof task.seconds !== 'number') {
    throw new TypeError('say how many seconds');
  }
  return write(task.seconds);
});

/** As many writers as the service has connections: each begins the next transaction when one is through. */
async function write(seconds: number): Promise<WriterResult> {
  const started = performance.now();
  const end = started + seconds * 1000;
  let written = 0;
  const writer = async (): Promise<void> => {
    while (performance.now() < end) {
      await create();
      written++;
    }
  };
  await Promise.all(Array.from({ length: POOL_SIZE }, writer));
  return { written, perSecond: written / ((performance.now() - started) / 1000) };
}

async function create(): Promise<void> {
  const instance = { ...NEW_INSTANCE, id: v7(), networkIds: [], volumeIds: [], driver: 'simulated' };
  const operation = { id: v7(), type: 'create', requestId: v7(), traceparent: null } as const;
  await repository.create(TENANT, instance, operation);
}
