import { Client as Sql } from 'pg';
import type { Instance } from '../../src/compute/instances';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { guestsOf } from '../support/engines/guests';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { QemuHost } from '../support/engines/qemu-host';
import { eventually } from '../support/eventually';
import { POSTGRES_MISSING } from '../support/postgres';
import { expectProblem } from '../support/problem';

const TENANT = 'tenant-a';
const INSTANCES = 6;
/** Allows for emulated guests that boot at the same time. */
const BUSY = { withinMs: 120_000 };
const MACHINE = { type: 'vm', imageId: GUEST_IMAGE };

/** A host is what `QEMU_DIR/host-id` identifies. Each replica creates instances on its own host. */
describeWhere(QEMU_MISSING ?? POSTGRES_MISSING, 'two hosts with QEMU on one database', () => {
  let database: TestDatabase;
  let sql: Sql;
  let hosts: readonly [QemuHost, QemuHost];
  let ids: readonly string[];

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    sql = new Sql(database.environment['DATABASE_URL']);
    await sql.connect();
    const shared = { ...database.environment, IMAGES_FILE: await guestImages() };
    hosts = await Promise.all([QemuHost.start(shared), QemuHost.start(shared)]);
    ids = await Promise.all(
      Array.from({ length: INSTANCES }, async (_, index) => {
        const { id } = await at(index).as(TENANT).create(MACHINE);
        return id;
      }),
    );
    for (const id of ids) await at(0).as(TENANT).reaches(id, 'running', BUSY);
  });
  afterAll(async () => {
    for (const host of hosts) await host.close();
    await sql.end();
    await database.remove();
  });

  function at(turn: number): QemuHost {
    return turn % 2 === 0 ? hosts[0] : hosts[1];
  }

  function otherThan(host: QemuHost): QemuHost {
    return host === hosts[0] ? hosts[1] : hosts[0];
  }

  function hostOf(id: string): QemuHost {
    const [host, ...more] = hosts.filter(({ instanceIds }) => instanceIds.includes(id));
    expect(more).toEqual([]);
    if (!host) throw new Error(`no host has ${id}`);
    return host;
  }

  function firstOn(host: QemuHost): string {
    const [id] = host.instanceIds;
    if (id === undefined) throw new Error('the host has no instance');
    return id;
  }

  /** Identifies the process of an instance, so that a replacement is recognized. */
  function machineOf(id: string): readonly string[] {
    return guestsOf(id).map(({ pid, startedAt }) => `process ${pid} since ${startedAt}`);
  }

  async function eventsOf(host: QemuHost, id: string): Promise<readonly string[]> {
    const path = `/instances/${id}/events`;
    const { body } = await host.as(TENANT).get<{ events: readonly { type: string }[] }>(path);
    return body.events.map(({ type }) => type);
  }

  /** How many operations a replica has completed, from its metrics. */
  async function completedBy({ service }: QemuHost): Promise<number> {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const counts = text.matchAll(/^compute_operations_total\{[^}]*result="succeeded"[^}]*\} (\d+)/gm);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  it('creates instances on both, each on one of them, with one process', () => {
    for (const { instanceIds } of hosts) expect(instanceIds.length).toBeGreaterThan(0);
    expect(hosts.flatMap(({ instanceIds }) => instanceIds).toSorted()).toEqual(ids.toSorted());
    for (const id of ids) expect(machineOf(id)).toHaveLength(1);
  });

  it('lets each replica carry out only the work of its own host', async () => {
    const expected = await Promise.all(
      hosts.map(async (host) => (await completedBy(host)) + 2 * host.instanceIds.length),
    );
    for (const id of ids) {
      // Requested at the replica that cannot reach the instance.
      const tenant = otherThan(hostOf(id)).as(TENANT);
      expect((await tenant.post(`/instances/${id}/stop`)).status).toBeLessThan(300);
      await tenant.reaches(id, 'stopped', BUSY);
      expect(machineOf(id)).toEqual([]);
      expect((await tenant.post(`/instances/${id}/start`)).status).toBeLessThan(300);
      await tenant.reaches(id, 'running', BUSY);
    }
    await eventually(async () =>
      expect(await Promise.all(hosts.map((host) => completedBy(host)))).toEqual(expected),
    );
    // No replica claimed the operation of the other host and gave it back.
    const { rows } = await sql.query(`SELECT id FROM resource_operations WHERE attempts <> 1`);
    expect(rows).toEqual([]);
  });

  it('takes the machines of the other host neither for lost nor for orphans', async () => {
    const rounds = await Promise.all(hosts.map((host) => roundsOf(host)));
    await eventually(async () => {
      for (const [index, host] of hosts.entries()) {
        expect(await roundsOf(host)).toBeGreaterThan((rounds[index] ?? 0) + 1);
      }
    });
    for (const id of ids) {
      const { body } = await at(0).as(TENANT).get<Instance>(`/instances/${id}`);
      expect(body).toMatchObject({ status: 'running', statusReason: null });
      const observed = (await eventsOf(at(0), id)).filter((type) => type.startsWith('observed.'));
      expect(observed).toEqual([]);
    }
    expect((await sql.query('SELECT * FROM orphans')).rows).toEqual([]);
  });

  /** Reconciliations that compared the whole engine. */
  async function roundsOf({ service }: QemuHost): Promise<number> {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const counts = text.matchAll(/^compute_reconcile_total\{[^}]*\} (\d+)/gm);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  it('keeps the instances of a killed replica for its restart, and the other host works on', async () => {
    const [killed, alive] = hosts;
    const [own, other] = [firstOn(killed), firstOn(alive)];
    const machines = new Map(ids.map((id) => [id, machineOf(id)]));
    await killed.service.kill();
    const tenant = alive.as(TENANT);

    // Waits for the replica that can reach it, although the other one looks for work all the time.
    const answer = await tenant.post<Instance>(`/instances/${own}/stop`);
    expect([answer.status, answer.body.status]).toEqual([202, 'running']);
    expect((await tenant.post(`/instances/${other}/stop`)).status).toBeLessThan(300);
    await tenant.reaches(other, 'stopped', BUSY);
    expect((await tenant.post(`/instances/${other}/start`)).status).toBeLessThan(300);
    await tenant.reaches(other, 'running', BUSY);
    expect((await tenant.operationsOf(own))[0]).toMatchObject({
      type: 'stop',
      status: 'pending',
      attempts: 0,
    });
    for (const id of ids.filter((each) => each !== other)) expect(machineOf(id)).toEqual(machines.get(id));
    for (const id of killed.instanceIds) {
      expect((await tenant.get<Instance>(`/instances/${id}`)).body.status).toBe('running');
    }

    await killed.startAgain();
    await tenant.reaches(own, 'stopped', BUSY);
    expect((await tenant.operationsOf(own))[0]).toMatchObject({
      type: 'stop',
      status: 'succeeded',
      attempts: 1,
    });
    for (const id of killed.instanceIds.filter((each) => each !== own)) {
      expect(machineOf(id)).toEqual(machines.get(id));
    }
  });

  it('changes nothing while a replica lacks its directory, and continues when that is mounted', async () => {
    const [killed, alive] = hosts;
    const own = firstOn(killed);
    const tenant = alive.as(TENANT);
    await tenant.post(`/instances/${own}/start`);
    await tenant.reaches(own, 'running', BUSY);
    const machine = machineOf(own);
    const events = await eventsOf(alive, own);
    await killed.service.kill();
    killed.unmount();
    try {
      await killed.startAgain();
      // A check that has not ended in two seconds on a busy machine counts as down, too.
      await eventually(async () => {
        const { body } = await killed.as(TENANT).request('/health/ready');
        expect(body).toMatchObject({ status: 'degraded', checks: { 'driver:qemu': { status: 'down' } } });
      });
      for (const path of ['console', 'stats']) {
        const answer = await killed.as(TENANT).get(`/instances/${own}/${path}`);
        expectProblem(answer, { status: 503, code: 'wrong_replica' });
      }
      expect(machineOf(own)).toEqual(machine);
      expect(await eventsOf(alive, own)).toEqual(events);
      expect((await tenant.post(`/instances/${own}/stop`)).status).toBe(202);
    } finally {
      killed.mount();
    }
    await tenant.reaches(own, 'stopped', BUSY);
    expect((await tenant.operationsOf(own))[0]).toMatchObject({ type: 'stop', attempts: 1 });
    const answer = await killed.as(TENANT).request<{ status: string }>('/health/ready');
    expect(answer.body.status).toBe('ready');
  });

  it('resumes a creation that was interrupted by the kill of its replica, on the same host', async () => {
    const [killed, alive] = hosts;
    const created = await Promise.all(Array.from({ length: 4 }, () => killed.as(TENANT).create(MACHINE)));
    await killed.service.kill();
    await killed.startAgain();
    for (const { id } of created) {
      await alive.as(TENANT).reaches(id, 'running', BUSY);
      expect(hostOf(id)).toBe(killed);
      expect(machineOf(id)).toHaveLength(1);
    }
  });
});
