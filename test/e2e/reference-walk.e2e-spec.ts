import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Instance } from '../../src/compute/instances';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { FLAVORS } from '../support/flavors';
import { parseJson } from '../support/json';
import { NetworkPeer } from '../support/peers/network.peer';
import { StoragePeer } from '../support/peers/storage.peer';
import { ServiceProcess } from '../support/service';

const PORT = 8081;
const absent = ['bash', 'curl', 'jq'].filter((program) => spawnSync(program, ['--version']).status !== 0);
const missing = absent.length === 0 ? undefined : `${absent.join(', ')} not installed`;

/** The JSON documents in the output of a walk, in order. */
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

/** A service started as by a user, on the documented port if it is free. */
class Walked {
  private constructor(
    readonly service: ServiceProcess,
    private readonly database: TestDatabase,
    private readonly replacements: Readonly<Record<string, string>>,
  ) {}

  /** `replacements` maps documented URLs to the actual ones. */
  static async start(
    environment: Readonly<Record<string, string>> = {},
    replacements: Readonly<Record<string, string>> = {},
  ): Promise<Walked> {
    const database = await createTestDatabase();
    const port = (await isFree(PORT)) ? PORT : 0;
    const service = await ServiceProcess.start({
      ...database.environment,
      ...environment,
      PORT: String(port),
    });
    const own = port === 0 ? { [`http://localhost:${PORT}`]: service.url } : {};
    return new Walked(service, database, { ...own, ...replacements });
  }

  async walk(name: string): Promise<string> {
    const written = readFileSync(join(__dirname, 'walks', `${name}.sh`), 'utf8');
    const commands = Object.entries(this.replacements).reduce(
      (text, [from, to]) => text.replaceAll(from, to),
      written,
    );
    const { stdout } = await promisify(execFile)('bash', ['-c', commands]);
    return stdout;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.database.remove();
  }
}

describeWhere(missing, "the walkthroughs in the original's documentation", () => {
  let walked: Walked;

  beforeAll(async () => {
    walked = await Walked.start();
  });
  afterAll(() => walked.stop());

  const walk = (name: string): Promise<string> => walked.walk(name);

  const instancesOf = async (tenant: string): Promise<readonly Instance[]> =>
    (await new Client(walked.service.url, tenant).get<{ instances: readonly Instance[] }>('/instances')).body
      .instances;

  it.concurrent('manual: create, stop, restart, delete', async () => {
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
    // The delete prints nothing; the list after it is empty.
    expect(output).not.toContain('"error":');
  });

  it.concurrent('every flavor', async () => {
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

  it.concurrent('two tenants', async () => {
    const documents = documentsIn(await walk('tenants'));
    expect(documents).toMatchObject([
      { instances: [{ name: 'tenant-a-vm', tenantId: 'tenant-a', flavor: 'small' }] },
      { instances: [{ name: 'tenant-b-vm', tenantId: 'tenant-b', flavor: 'small' }] },
      { status: 403, error: 'Access denied' },
    ]);
    expect((await instancesOf('tenant-b')).map(({ name }) => name)).toEqual(['tenant-b-vm']);
  });
});

describeWhere(missing, "the network and storage walkthrough in the original's documentation", () => {
  it('attaches a volume to the instance and releases it on delete', async () => {
    const [storagePort, networkPort] = await Promise.all(
      [8082, 8083].map(async (port) => ((await isFree(port)) ? port : 0)),
    );
    const storage = await StoragePeer.start({ port: storagePort ?? 0 });
    const network = await NetworkPeer.start({ port: networkPort ?? 0 });
    const walked = await Walked.start(
      { STORAGE_SERVICE_URL: storage.url, NETWORK_SERVICE_URL: network.url },
      { 'http://localhost:8082': storage.url, 'http://localhost:8083': network.url },
    );
    const [volume, instance] = documentsIn(await walked.walk('integration'));
    expect(instance).toMatchObject({ name: 'integration-vm', flavor: 'medium', status: 'running' });
    const tenant = new Client(walked.service.url, 'integration-test');
    const { body } = await tenant.get<{ instances: readonly [Instance] }>('/instances');
    const { id } = body.instances[0];
    expect(instance).toMatchObject({ id });
    expect(volume).toMatchObject({ name: 'vm-disk', sizeGB: 50, status: 'in-use', attachedTo: id });
    expect([...network.networks.values()]).toMatchObject([{ name: 'vm-network', cidr: '10.0.1.0/24' }]);
    await tenant.post(`/instances/${id}/stop`);
    expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
    expect([...storage.volumes.values()]).toMatchObject([{ status: 'available', attachedTo: '' }]);
    await walked.stop();
    await storage.stop();
    await network.stop();
  });
});
