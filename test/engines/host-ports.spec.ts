import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { forContainerEngines, TEST_IMAGE, type Engine } from '../support/engines';
import { EngineFixture } from '../support/engines/engine-fixture';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { pidOf } from '../support/engines/namespaces';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { eventually } from '../support/eventually';
import { freePort } from '../support/postgres';
import { expectProblem } from '../support/problem';

/** Allows for emulated guests, and engines that start. */
const PATIENCE = { withinMs: 90_000 };
const TIMEOUT_MS = 2000;

async function serves(address: string, port: number): Promise<void> {
  await eventually(async () => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(`http://${address}:${port}/`, { signal });
    expect((await answer.text()).trim()).toBe('served');
  }, PATIENCE);
}

async function servesNothing(address: string, port: number): Promise<void> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  await expect(fetch(`http://${address}:${port}/`, { signal })).rejects.toThrow();
}

/** Ends the current run of the guest and begins another one. */
async function startsAgain(tenant: Client, id: string): Promise<void> {
  for (const [path, status] of [
    ['stop', 'stopped'],
    ['restart', 'running'],
  ] as const) {
    expect((await tenant.post(`/instances/${id}/${path}`)).status).toBeLessThan(300);
    await tenant.reaches(id, status, PATIENCE);
  }
}

async function isRefused(tenant: Client, request: object, hostPort: number, owner: string): Promise<void> {
  const problem = expectProblem(await tenant.post('/instances', { flavor: 'small', name: 'b', ...request }), {
    ...{ status: 409, code: 'host_port_taken' },
  });
  expect(problem).toMatchObject({ hostPort, protocol: 'tcp', instanceId: owner });
}

forContainerEngines('a requested port of the host', (start) => {
  const HOST_PORT = 30_080;
  let engine: Engine;
  let fixture: EngineFixture;
  let tenant: Client;

  beforeAll(async () => {
    engine = await start();
    fixture = await EngineFixture.start({
      socket: engine.socket,
      environment: { HOST_PORTS: '30000-30999', DOCKER_PUBLISH_ADDRESS: engine.address },
    });
    tenant = fixture.as('tenant-a');
  });
  afterAll(async () => {
    await fixture.close();
    await engine.stop();
  });

  const script = 'mkdir -p /tmp/www; echo served > /tmp/www/index.html; exec httpd -f -p 8080 -h /tmp/www';
  const request = {
    ...{ type: 'container', imageId: TEST_IMAGE, autostart: true },
    container: { command: ['/bin/sh', '-c', script], ports: [{ port: 8080, hostPort: HOST_PORT }] },
  };

  it('is kept over restarts of the container and of the engine, with and without it, until the end', async () => {
    const { id, ports } = await tenant.createRunning(request);
    expect(ports).toMatchObject([{ port: 8080, hostPort: HOST_PORT, address: engine.address }]);
    await serves(engine.address, HOST_PORT);
    await isRefused(tenant, request, HOST_PORT, id);
    await startsAgain(tenant, id);
    await serves(engine.address, HOST_PORT);

    await engine.kill();
    await engine.restart();
    await serves(engine.address, HOST_PORT);
    await startsAgain(tenant, id);
    await serves(engine.address, HOST_PORT);

    const pid = await pidOf(engine.socket, id);
    await engine.kill();
    process.kill(pid, 'SIGKILL');
    await engine.restart();
    await eventually(async () => {
      const [last] = await tenant.operationsOf(id);
      expect(last).toMatchObject({ type: 'start', status: 'succeeded' });
    }, PATIENCE);
    await serves(engine.address, HOST_PORT);
    expect((await tenant.details(id)).ports).toEqual(ports);
    await isRefused(tenant, request, HOST_PORT, id);

    expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBe(204);
    await servesNothing(engine.address, HOST_PORT);
    const next = await tenant.createRunning(request);
    await serves(engine.address, HOST_PORT);
    await tenant.delete(`/instances/${next.id}?force=true`);
  }, 300_000);
});

describeWhere(QEMU_MISSING, 'a requested port of the host of a virtual machine', () => {
  const ADDRESS = '127.0.0.1';
  let hostPort: number;
  let fixture: EngineFixture;

  beforeAll(async () => {
    hostPort = await freePort();
    fixture = await EngineFixture.start({
      imagesFile: await guestImages(),
      environment: { HOST_PORTS: `${hostPort}-${hostPort}`, QEMU_STOP_SECONDS: '0' },
    });
  }, 180_000);
  afterAll(() => fixture.close());

  it('is kept over restarts of the machine and of the service, until the end', async () => {
    // The guest serves its name.
    const vm = { ports: [{ port: 80, hostPort }] };
    const request = { name: 'served', type: 'vm', imageId: GUEST_IMAGE, vm };
    const tenant = fixture.as('tenant-a');
    const { id, ports }: Instance = await tenant.createRunning(request);
    expect(ports).toMatchObject([{ port: 80, hostPort, address: ADDRESS }]);
    await serves(ADDRESS, hostPort);
    await isRefused(tenant, request, hostPort, id);
    await startsAgain(tenant, id);
    await serves(ADDRESS, hostPort);

    await fixture.service.kill();
    await fixture.startAgain();
    const again = fixture.as('tenant-a');
    await serves(ADDRESS, hostPort);
    await startsAgain(again, id);
    await serves(ADDRESS, hostPort);
    expect((await again.details(id)).ports).toEqual(ports);
    await isRefused(again, request, hostPort, id);

    expect((await again.delete(`/instances/${id}?force=true`)).status).toBe(204);
    await servesNothing(ADDRESS, hostPort);
    const next = await again.createRunning(request);
    await serves(ADDRESS, hostPort);
    await again.delete(`/instances/${next.id}?force=true`);
  }, 300_000);
});
