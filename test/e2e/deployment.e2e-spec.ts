import { once } from 'node:events';
import { createServer } from 'node:http';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { openDatabase, type Database } from '../../src/platform/database';
import { Deployment } from '../../src/platform/deployment';
import { startApp } from '../support/app';
import { createTestDatabase } from '../support/database';
import { eventually } from '../support/eventually';

describe('the deployment ID that marks engine resources', () => {
  const used = async <T>(
    environment: Readonly<Record<string, string>>,
    use: (database: Database) => Promise<T>,
  ): Promise<T> => {
    const database = await openDatabase(new DatabaseConfig({ ...environment }));
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  };
  const marked = async (environment: Readonly<Record<string, string>>, name = 'default'): Promise<string> =>
    used(environment, async (database) => (await Deployment.of(database, name)).deploymentId);

  it('is unique per database and stable', async () => {
    const [one, other] = [await createTestDatabase(), await createTestDatabase()];
    const first = await marked(one.environment);
    expect(first).toMatch(/^default-[0-9a-f]{8}$/);
    expect(await marked(one.environment)).toBe(first);
    expect(await marked(other.environment)).not.toBe(first);
    const long = await marked(one.environment, 'x'.repeat(64));
    expect(long).toBe(`${'x'.repeat(54)}${first.slice('default'.length)}`);
    await one.remove();
    await other.remove();
  });

  it('filters the resources requested from engines', async () => {
    const asked: string[] = [];
    const engine = createServer(({ url = '' }, response) => {
      asked.push(decodeURIComponent(url));
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('[]');
    }).listen(0, '127.0.0.1');
    await once(engine, 'listening');
    const address = engine.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    try {
      const running = await startApp({
        environment: { DRIVER_CONTAINER: 'docker', DOCKER_HOST: `tcp://127.0.0.1:${port}` },
      });
      const { deploymentId } = running.app.get(Deployment);
      await eventually(() => {
        expect(asked).toContainEqual(expect.stringContaining(`uim.deployment=${deploymentId}`));
      }).finally(() => running.close());
    } finally {
      engine.close();
      engine.closeAllConnections();
    }
  });
});
