import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { openDatabase } from '../../src/platform/database';
import type { Instance } from '../../src/compute/instances';
import { Client } from './client';
import { createTestDatabase, type DatabaseKind, type TestDatabase } from './database';
import { describeWhere } from './describe-where';
import { miscounted } from './ledger';
import { POSTGRES_MISSING } from './postgres';
import { ServiceProcess } from './service';

const KILLS = 10;
/** Time from a create to the kill: it hits before, during or after the write of the create's outcome. */
const LIFE_MS = 500;
const ENVIRONMENT = {
  PROVISION_DELAY_MS: '500',
  WORKER_LEASE_SECONDS: '1',
  // Each kill uses up at most one attempt of an operation, and the last attempt is not killed.
  OPERATION_MAX_ATTEMPTS: String(KILLS + 1),
};

/** Tests one kind of database. Each kind has its own file, so that Jest can run them in different workers. */
export function testKills(kind: DatabaseKind): void {
  const missing = kind === 'postgres' ? POSTGRES_MISSING : undefined;
  describeWhere(missing, `kill -9 on the ${kind} database`, () => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createTestDatabase(kind);
    });
    afterAll(() => database.remove());

    it(`loses and duplicates nothing acknowledged in ${KILLS} kills`, async () => {
      const environment = { ...ENVIRONMENT, ...database.environment };
      const acknowledged: string[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        const service = await ServiceProcess.start(environment);
        const tenant = new Client(service.url, 'tenant-a');
        const { id } = await tenant.create({ name: `kill-${kill}` });
        acknowledged.push(id);
        await delay(LIFE_MS);
        await service.kill();
      }
      const service = await ServiceProcess.start(environment);
      const tenant = new Client(service.url, 'tenant-a');
      for (const id of acknowledged) await tenant.reaches(id, 'running', { withinMs: 20_000 });
      const { body } = await tenant.get<{ instances: readonly Instance[] }>('/instances');
      expect(body.instances.map(({ id }) => id)).toEqual([...acknowledged].reverse());
      for (const id of acknowledged) {
        expect(await tenant.operationsOf(id)).toMatchObject([{ type: 'create', status: 'succeeded' }]);
      }
      expect(await service.stop()).toBe(0);
      const opened = await openDatabase(new DatabaseConfig({ ...database.environment }));
      const wrong = await miscounted(opened);
      await opened.close();
      expect(wrong).toEqual([]);
    }, 900_000);
  });
}
