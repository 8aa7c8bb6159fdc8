import '../support/patience';
import { Logger } from '@nestjs/common';
import { mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostsService } from '../../src/compute/hosts';
import { CapacityRefresher } from '../../src/compute/quotas/capacity/capacity-refresher';
import { Database } from '../../src/platform/database';
import { CatalogDirectory } from '../support/catalog';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { ServiceProcess } from '../support/service';
import { newTenant, useApp, type SuiteApp } from '../support/use-app';
import { OPERATOR } from '../support/use-engine';

const NO_ID =
  'QEMU_DIR is missing or empty: mount it, or on an additional machine create its id: uuidgen > QEMU_DIR/host-id';

interface Readiness {
  readonly status: string;
  readonly checks: Readonly<Record<string, { readonly status: string; readonly detail?: string }>>;
}

/** A directory with programs that are installed like QEMU and run no machine, and the settings that use them. */
function withoutMachines(directory: string): Readonly<Record<string, string>> {
  const program = join(directory, 'qemu');
  const script = '#!/bin/sh\n[ "$1" = --version ] && echo "QEMU emulator version 7.2.0"\n';
  writeFileSync(program, script, { mode: 0o755 });
  return {
    DRIVER_VM: 'qemu',
    QEMU_BINARY: program,
    QEMU_IMG_BINARY: program,
    QEMU_ACCELERATOR: 'tcg',
    QEMU_DIR: join(directory, 'machines'),
    OPERATOR_TOKEN: 'the-token-of-operators',
  };
}

/** Repeated, because a check of a busy machine can time out. */
async function isReported(url: string, status: string, check: object): Promise<void> {
  await eventually(async () => {
    const { body } = await new Client(url, 'nobody').request<Readiness>('/health/ready');
    expect([body.status, body.checks['driver:qemu']]).toMatchObject([status, check]);
  });
}

async function addFirstMachine({ running }: SuiteApp): Promise<void> {
  await running.app.get(Database).query({
    name: '',
    text: `INSERT INTO hosts (id, backend_id, machine_id) VALUES ('qemu', 'qemu', 'first')`,
    values: [],
  });
}

const directory = mkdtempSync(join(tmpdir(), 'compute-hosts-'));
const settings = withoutMachines(directory);
afterAll(() => rmSync(directory, { recursive: true }));

describe('a replica that starts while its QEMU directory is not mounted', () => {
  const machines = join(directory, 'mounted');
  const catalog = new CatalogDirectory([{ id: 'tiny', qemu: { kernel: { file: 'vmlinuz' } } }]);
  let database: TestDatabase;
  let service: ServiceProcess | undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    writeFileSync(join(catalog.path, 'vmlinuz'), 'kernel');
  });
  afterAll(async () => {
    await service?.kill();
    await database.remove();
    catalog.remove();
  });

  async function start(): Promise<Client> {
    service = await ServiceProcess.start({
      ...settings,
      ...database.environment,
      QEMU_DIR: machines,
      IMAGES_FILE: catalog.file,
      RECONCILE_SECONDS: '1',
      OPERATION_MAX_ATTEMPTS: '1',
      POWER_WAIT_SECONDS: '0',
    });
    return new Client(service.url, 'tenant-a');
  }

  const comparisons = async ({ url }: Client): Promise<readonly string[]> =>
    (await (await fetch(`${url}/metrics`)).text()).match(/^compute_reconcile_total\{.*driver="qemu".*/gm) ??
    [];

  it('is degraded, logs one warning, and works for its instances as soon as it is mounted', async () => {
    const first = await start();
    await isReported(first.url, 'ready', { status: 'up' });
    const { id } = await first.create({ type: 'vm', imageId: 'tiny' });
    await first.reaches(id, 'error');
    await service?.stop();
    renameSync(machines, `${machines}.away`);
    mkdirSync(machines);

    const tenant = await start();
    await isReported(tenant.url, 'degraded', { status: 'down', detail: NO_ID });
    expect((await tenant.delete(`/instances/${id}`)).status).toBe(202);
    expect(await comparisons(tenant)).toEqual([]);

    rmdirSync(machines);
    renameSync(`${machines}.away`, machines);
    await tenant.isGone(id);
    await isReported(tenant.url, 'ready', { status: 'up' });
    await eventually(async () => expect(await comparisons(tenant)).toHaveLength(1));
    const logged = service?.log.filter(({ context }) => context === 'Hosts');
    expect(logged).toMatchObject([
      { level: 'warn', driver: 'qemu', msg: `the host is unknown: ${NO_ID}` },
      { level: 'info', driver: 'qemu', host: 'qemu', msg: 'the host is known now' },
    ]);
  });
});

describe('an additional machine', () => {
  const app = useApp({ environment: { ...settings, RECONCILE_SECONDS: '3600' } });
  const { signal } = new AbortController();
  const round = (): Promise<void> => app.running.app.get(CapacityRefresher).round(signal);

  interface Capacity {
    readonly drivers: readonly { readonly name: string; readonly status: string; readonly detail: string }[];
  }
  async function states(): Promise<ReadonlyMap<string, readonly string[]>> {
    const { body } = await app.as('nobody').get<Capacity>('/capacity', OPERATOR);
    return new Map(body.drivers.map(({ name, status, detail }) => [name, [status, detail]]));
  }

  it('needs an id once another one is the first, of which it claims nothing', async () => {
    const up = ['up', expect.stringContaining('QEMU 7.2.0')];
    const unknown = ['unknown', 'only the replica on that machine reaches it'];
    await round();
    await isReported(app.url, 'ready', { status: 'up' });
    expect(await states()).toEqual(new Map([['qemu', up]]));

    await addFirstMachine(app);
    await round();
    await isReported(app.url, 'degraded', { status: 'down', detail: NO_ID });
    expect(await states()).toEqual(new Map([['qemu', unknown]]));

    mkdirSync(settings['QEMU_DIR'] ?? '', { recursive: true });
    writeFileSync(join(settings['QEMU_DIR'] ?? '', 'host-id'), 'second\n');
    await round();
    await isReported(app.url, 'ready', { status: 'up' });
    expect(await states()).toEqual(
      new Map([
        ['qemu', unknown],
        ['qemu-second', up],
      ]),
    );
  });
});

describe('a replica that does not use QEMU', () => {
  const app = useApp();

  it('needs no id for a database that has machines', async () => {
    await addFirstMachine(app);
    const warned = jest.spyOn(Logger.prototype, 'warn');
    await app.running.app.get(HostsService).refresh();
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });
});

describe('an instance on the machine of another replica', () => {
  const app = useApp();

  it('has console output and statistics only there, which tenants learn without the name of the host', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    await app.running.app.get(Database).query({
      name: '',
      text: `UPDATE instances SET host_id = 'qemu-second' WHERE tenant_id = $1 AND id = $2`,
      values: [tenant.tenantId, id],
    });
    const warned = jest.spyOn(Logger.prototype, 'warn');
    for (const path of ['console', 'console?follow=true', 'stats']) {
      const answer = await tenant.get(`/instances/${id}/${path}`);
      expectProblem(answer, {
        status: 503,
        code: 'wrong_replica',
        detail:
          "The replica that got the request does not reach the instance's machine; " +
          'if a gateway chooses the replica, a repeated request may reach the right one',
      });
      expect(answer.text).not.toContain('qemu');
      expect(warned).toHaveBeenLastCalledWith(
        expect.objectContaining({ code: 'wrong_replica', cause: 'its host is qemu-second' }),
        expect.any(String),
      );
    }
    warned.mockRestore();
  });
});
