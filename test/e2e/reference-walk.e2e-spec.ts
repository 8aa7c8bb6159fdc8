import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FLAVORS } from '../../src/flavors/flavor';
import type { Instance } from '../../src/instances';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { parseJson } from '../support/json';
import { ServiceProcess } from '../support/service';

const PORT = 8081;
const absent = ['bash', 'curl', 'jq'].filter((program) => spawnSync(program, ['--version']).status !== 0);
const missing = absent.length === 0 ? undefined : `${absent.join(', ')} not installed`;

/** Everything that a walk printed, in its order: the JSON documents, and the lines between them. */
function documentsIn(text: string): readonly unknown[] {
  const documents: unknown[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/"(\\.|[^"\\])*"|[{}]/g)) {
    if (token === '{' && depth++ === 0) start = index;
    if (token === '}' && --depth === 0) documents.push(parseJson<unknown>(text.slice(start, index + 1)));
  }
  return documents;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const opened = once(server.listen(port, '127.0.0.1'), 'listening').then(
    () => true,
    () => false,
  );
  const isOpen = await opened;
  if (isOpen) await once(server.close(), 'close');
  return isOpen;
}

describeWhere(missing, "the walks of the original's documentation", () => {
  let database: TestDatabase;
  let service: ServiceProcess;

  beforeAll(async () => {
    database = await createTestDatabase();
    const port = (await isFree(PORT)) ? PORT : 0;
    // Delays and all else are as a user starts it.
    service = await ServiceProcess.start({ ...database.environment, PORT: String(port) });
    if (port === 0) console.warn(`port ${PORT} is in use: the walks go to ${service.url} instead`);
  });
  afterAll(async () => {
    await service.stop();
    await database.remove();
  });

  const walk = async (name: string): Promise<string> => {
    const commands = readFileSync(join(__dirname, 'walks', `${name}.sh`), 'utf8');
    const isAsWritten = new URL(service.url).port === String(PORT);
    const here = isAsWritten ? commands : commands.replaceAll(`http://localhost:${PORT}`, service.url);
    const { stdout } = await promisify(execFile)('bash', ['-c', here]);
    return stdout;
  };

  const instancesOf = async (tenant: string): Promise<readonly Instance[]> =>
    (await new Client(service.url, tenant).get<{ instances: readonly Instance[] }>('/instances')).body
      .instances;

  it.concurrent('the manual one: create, stop, restart, delete', async () => {
    const output = await walk('manual');
    const id = /Created instance: (\S+)/.exec(output)?.[1];
    const instance = { id, name: 'test-vm', type: 'vm', flavor: 'medium', imageId: 'ubuntu-22.04' };
    const steps = documentsIn(output);
    expect(steps).toHaveLength(8);
    expect(steps).toMatchObject([
      { status: 'healthy', service: 'compute-service' },
      { flavors: FLAVORS },
      { ...instance, status: 'running', tenantId: 'test-tenant' },
      { ...instance, status: 'stopped' },
      { ...instance, status: 'restarting' },
      { ...instance, status: 'running' },
      { ...instance, status: 'stopped' },
      { instances: [] },
    ]);
    // The delete says nothing, as it should: the list that follows has no instance.
    expect(output).not.toContain('"error":');
  });

  it.concurrent('the one through every flavor', async () => {
    const output = await walk('flavors');
    const [flavors, ...stopped] = documentsIn(output);
    expect(flavors).toEqual({ flavors: FLAVORS });
    expect(stopped).toHaveLength(4);
    expect(stopped).toMatchObject(
      ['small', 'medium', 'large', 'xlarge'].map((flavor) => ({
        id: new RegExp(`Created instance (\\S+) with flavor ${flavor}\n`).exec(output)?.[1],
        name: `test-${flavor}`,
        flavor,
        status: 'stopped',
      })),
    );
    expect(await instancesOf('flavor-test')).toEqual([]);
  });

  it.concurrent('the one through two tenants', async () => {
    const documents = documentsIn(await walk('tenants'));
    expect(documents).toMatchObject([
      { instances: [{ name: 'tenant-a-vm', tenantId: 'tenant-a', flavor: 'small' }] },
      { instances: [{ name: 'tenant-b-vm', tenantId: 'tenant-b', flavor: 'small' }] },
      { status: 403, error: 'Access denied' },
    ]);
    expect((await instancesOf('tenant-b')).map(({ name }) => name)).toEqual(['tenant-b-vm']);
  });
});
