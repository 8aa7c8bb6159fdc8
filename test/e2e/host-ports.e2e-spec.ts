import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const DUPLICATES = 20;

function requesting(...ports: readonly object[]) {
  return { name: 'web', flavor: 'small', vm: { ports } };
}

describe('requested host ports', () => {
  const app = useApp({ environment: { HOST_PORTS: '30000-30999' } });
  let tenant: Client;
  let hostPort = 30_000;

  beforeEach(() => {
    tenant = app.as(newTenant());
    hostPort++;
  });

  const create = (...ports: readonly object[]) => tenant.post<Instance>('/instances', requesting(...ports));
  const count = async (): Promise<number> =>
    (await tenant.get<{ instances: readonly unknown[] }>('/instances')).body.instances.length;

  it('are published, and kept over a stop, start, restart, reboot, rebuild and resize', async () => {
    const ports = [{ port: 80, protocol: 'tcp', hostPort }];
    const published = [{ ...ports[0], address: '127.0.0.1' }];
    const { id, ...made } = await tenant.createRunning(requesting(...ports));
    expect(made.ports).toEqual(published);
    const changed = async (path: string, body?: object) => {
      expect((await tenant.post(`/instances/${id}/${path}`, body)).status).toBeLessThan(300);
    };
    await changed('stop');
    expect((await tenant.details(id)).ports).toEqual([]);
    await changed('start');
    expect((await tenant.reaches(id, 'running')).ports).toEqual(published);
    await changed('stop');
    await changed('restart');
    expect((await tenant.reaches(id, 'running')).ports).toEqual(published);
    await changed('reboot', { type: 'hard' });
    await tenant.reachesOperation(id, 'reboot', 'succeeded');
    expect((await tenant.details(id)).ports).toEqual(published);
    await changed('resize', { flavor: 'medium' });
    await tenant.reachesOperation(id, 'resize', 'succeeded');
    expect((await tenant.details(id)).ports).toEqual(published);
    await changed('rebuild', { imageId: 'other' });
    await tenant.reachesOperation(id, 'rebuild', 'succeeded');
    expect((await tenant.reaches(id, 'running')).ports).toEqual(published);
  });

  it('can be requested with ports that the engine chooses, and once for each protocol', async () => {
    const both = [
      { port: 53, protocol: 'tcp', hostPort },
      { port: 53, protocol: 'udp', hostPort },
    ];
    const { ports } = await tenant.createRunning(requesting(...both, { port: 80 }));
    expect(ports).toMatchObject(both);
    expect((await create({ port: 80, protocol: 'udp', hostPort })).status).toBe(409);
  });

  it('belong to exactly one of 20 instances that are created at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: DUPLICATES }, () =>
        create({ port: 80, hostPort }, { port: 81, hostPort: 30_900 }),
      ),
    );
    const [made, ...more] = answers.filter(({ status }) => status === 201);
    expect(more).toEqual([]);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      const problem = expectProblem(answer, { status: 409, code: 'host_port_taken' });
      expect(problem).toMatchObject({ hostPort, protocol: 'tcp', instanceId: made?.body.id });
      expect(problem.detail).toContain(`delete it`);
    }
    expect(await count()).toBe(1);
    await tenant.delete(`/instances/${made?.body.id ?? ''}?force=true`);
  });

  it('cannot deadlock if two instances request the same ports in another order', async () => {
    const [one, other] = [
      { port: 80, hostPort: 30_910 },
      { port: 81, hostPort: 30_911 },
    ];
    const answers = await Promise.all(
      Array.from({ length: DUPLICATES }, (_, index) =>
        app.as(newTenant()).post('/instances', requesting(...(index % 2 ? [one, other] : [other, one]))),
      ),
    );
    const refused = Array.from({ length: DUPLICATES - 1 }, () => 409);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...refused]);
  });

  it('are refused if another tenant has them, without naming its instance', async () => {
    const { id, tenantId } = await tenant.create(requesting({ port: 80, hostPort }));
    const answer = await app.as(newTenant()).post('/instances', requesting({ port: 80, hostPort }));
    const problem = expectProblem(answer, { status: 409, code: 'host_port_taken' });
    expect(problem.detail).toContain('choose another port');
    expect(problem).not.toHaveProperty('instanceId');
    expect(answer.text).not.toContain(id);
    expect(answer.text).not.toContain(`"${tenantId}"`);
  });

  it('stay with a stopped instance, and are free again when it is deleted', async () => {
    const { id } = await tenant.createStopped(requesting({ port: 80, hostPort }));
    expectProblem(await create({ port: 80, hostPort }), { status: 409, code: 'host_port_taken' });
    expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
    expect((await create({ port: 80, hostPort })).status).toBe(201);
  });

  it('stay with an instance whose creation failed, and are free again when it is deleted', async () => {
    const { id } = await tenant.create({
      ...requesting({ port: 80, hostPort }),
      metadata: { 'simulate.createError': 'broken' },
    });
    await tenant.reaches(id, 'error');
    expectProblem(await create({ port: 80, hostPort }), { status: 409, code: 'host_port_taken' });
    expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
    expect((await create({ port: 80, hostPort })).status).toBe(201);
  });

  it('are not reserved by a dry run, which reports whether they are free', async () => {
    const request = requesting({ port: 80, hostPort });
    const tried = () => tenant.post('/instances?dryRun=true', request);
    expect([(await tried()).status, (await tried()).status]).toEqual([200, 200]);
    await tenant.create(request);
    expectProblem(await tried(), { status: 409, code: 'host_port_taken' });
    expect(await count()).toBe(1);
  });

  it('are not refused to a repeated request with the same key, concurrent or later', async () => {
    const headers = { 'Idempotency-Key': 'ports' };
    const request = requesting({ port: 80, hostPort });
    const send = () => tenant.post<Instance>('/instances', request, headers);
    const answers = await Promise.all(Array.from({ length: DUPLICATES }, send));
    answers.push(await send());
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await count()).toBe(1);
  });

  it('can be requested for a list of one instance, but not of two', async () => {
    const request = requesting({ port: 80, hostPort });
    const two = await tenant.post('/instances', { ...request, count: 2 });
    const { errors } = expectProblem(two, { status: 400, code: 'validation_failed' });
    expect(errors).toEqual([
      { field: 'ports', message: 'hostPort must be absent if count is greater than 1' },
    ]);
    expect((await tenant.post('/instances', { ...request, count: 1 })).status).toBe(201);
    const again = await tenant.post('/instances', { ...request, count: 1 });
    expectProblem(again, { status: 409, code: 'host_port_taken' });
    expect(await count()).toBe(1);
  });

  it.each([29_999, 31_000, 80])('are refused outside the range: %d', async (outside) => {
    const problem = expectProblem(await create({ port: 80, hostPort }, { port: 81, hostPort: outside }), {
      status: 400,
      code: 'host_port_out_of_range',
      detail: `Host port ${outside} is not from 30000 to 30999`,
    });
    expect(problem).toMatchObject({ hostPort: outside, first: 30_000, last: 30_999 });
    expect(await count()).toBe(0);
    expect((await create({ port: 80, hostPort })).status).toBe(201);
  });

  it.each<readonly [string, readonly object[], string]>([
    ['0', [{ port: 80, hostPort: 0 }], 'hostPort must not be less than 1'],
    ['65536', [{ port: 80, hostPort: 65_536 }], 'hostPort must not be greater than 65535'],
    ['text', [{ port: 80, hostPort: '30080' }], 'hostPort must be an integer'],
    ['half a port', [{ port: 80, hostPort: 30_080.5 }], 'hostPort must be an integer'],
    ['null', [{ port: 80, hostPort: null }], 'hostPort'],
    [
      'the same port twice',
      [
        { port: 80, hostPort: 30_080 },
        { port: 81, hostPort: 30_080 },
      ],
      'ports must list each hostPort only once',
    ],
  ])('are refused if they are invalid: %s', async (_, ports, message) => {
    const { detail } = expectProblem(await create(...ports), { status: 400, code: 'validation_failed' });
    expect(detail).toContain(message);
    expect(await count()).toBe(0);
  });
});

describe('requested host ports without a range', () => {
  const app = useApp();

  it('are refused with the setting that is missing', async () => {
    const tenant = app.as(newTenant());
    const answer = await tenant.post('/instances', requesting({ port: 80, hostPort: 30_080 }));
    const { detail } = expectProblem(answer, { status: 400, code: 'host_ports_disabled' });
    expect(detail).toContain('HOST_PORTS');
    expect((await tenant.get('/instances')).body).toEqual({ instances: [] });
  });
});
