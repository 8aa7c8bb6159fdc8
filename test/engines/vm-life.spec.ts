import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { eventually } from '../support/eventually';
import { qmp } from '../support/engines/qmp';
import { guestsOf } from '../support/engines/guests';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { EngineFixture } from '../support/engines/engine-fixture';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGtleS1vZi1hLXRlc3QtdGhhdC1pcy1ub3Qtb25l somebody@somewhere';

describeWhere(QEMU_MISSING, 'a virtual machine through the API', () => {
  let fixture: EngineFixture;
  let tenant: Client;

  beforeAll(async () => {
    fixture = await EngineFixture.start({
      imagesFile: await guestImages(),
      environment: { QEMU_STOP_SECONDS: '20' },
    });
    tenant = fixture.as('tenant-a');
  });
  afterAll(() => fixture.close());

  function vm(parts: Record<string, unknown> = {}): Record<string, unknown> {
    return { type: 'vm', imageId: GUEST_IMAGE, ...parts };
  }

  async function printed(id: string, text: string | RegExp): Promise<readonly string[]> {
    return eventually(
      async () => {
        const { body } = await tenant.get<{ lines: readonly string[] }>(
          `/instances/${id}/console?lines=1000`,
        );
        expect(body.lines.join('\n')).toMatch(text);
        return body.lines;
      },
      { withinMs: 60_000 },
    );
  }

  it('boots, runs its user data, and is stopped, started, restarted and deleted', async () => {
    const { id, name } = await tenant.createRunning(
      vm({
        name: 'web-1',
        userData: '#!/bin/sh\necho "made by user data on $(hostname)"\n',
        sshKeys: [KEY],
      }),
    );
    const flavor = (await tenant.get<{ vcpus: number; ramGB: number; diskGB: number }>('/flavors/small'))
      .body;
    const [guest, ...more] = guestsOf(id);
    expect([guest === undefined, more]).toEqual([false, []]);
    const socket = fixture.monitorOf(id);
    expect(await qmp(socket, 'query-status')).toMatchObject({ running: true });
    expect(await qmp<unknown[]>(socket, 'query-cpus-fast')).toHaveLength(flavor.vcpus);
    expect(await qmp(socket, 'query-memory-size-summary')).toMatchObject({
      'base-memory': flavor.ramGB * 2 ** 30,
    });

    const lines = await printed(id, 'UIM-GUEST-DONE');
    expect(lines).toContain('UIM-GUEST-READY');
    expect(lines).toContain(`UIM-HOSTNAME=${name}`);
    expect(lines).toContain(`made by user data on ${name}`);
    expect(lines).toContain('UIM-SSH-KEYS=1');
    expect(lines).toContain(`UIM-DISK-BYTES=${flavor.diskGB * 2 ** 30}`);

    const stopped = await tenant.post<Instance>(`/instances/${id}/stop`);
    expect([stopped.status, stopped.body.status]).toEqual([200, 'stopped']);
    expect(guestsOf(id)).toEqual([]);
    await printed(id, 'UIM-POWER-BUTTON');

    expect((await tenant.post<Instance>(`/instances/${id}/start`)).body.status).toBe('running');
    expect(guestsOf(id)).toHaveLength(1);
    await tenant.post(`/instances/${id}/stop`);
    expect((await tenant.post<Instance>(`/instances/${id}/restart`)).body.status).toBe('restarting');
    await tenant.reaches(id, 'running');
    expect(guestsOf(id)).toHaveLength(1);

    expect((await tenant.get(`/instances/${id}/stats`)).status).toBe(200);
    expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBe(204);
    expect(guestsOf(id)).toEqual([]);
    expect(fixture.remains).toEqual([]);
  });

  it('serves the requested port', async () => {
    const made = await tenant.createRunning(vm({ name: 'served', vm: { ports: [{ port: 80 }] } }));
    const [port] = made.ports;
    await printed(made.id, 'UIM-GUEST-DONE');
    const answer = await fetch(`http://${port?.address ?? ''}:${port?.hostPort ?? 0}/`);
    expect((await answer.text()).trim()).toBe('served');
    await tenant.delete(`/instances/${made.id}?force=true`);
    expect(fixture.remains).toEqual([]);
  });

  it('is reported as stopped when its process is killed, and starts again', async () => {
    const { id } = await tenant.createRunning(vm());
    const [guest] = guestsOf(id);
    process.kill(guest?.pid ?? Number.NaN, 'SIGKILL');
    expect((await tenant.reaches(id, 'stopped')).statusReason).not.toBeNull();
    expect((await tenant.post<Instance>(`/instances/${id}/start`)).body.status).toBe('running');
    expect(guestsOf(id)).toHaveLength(1);
    await tenant.delete(`/instances/${id}?force=true`);
    expect(fixture.remains).toEqual([]);
  });

  it.each(['not-in-the-catalog', '../../../etc/passwd', '/etc/passwd', '..'])(
    'is rejected with the image "%s"',
    async (imageId) => {
      const { status, body } = await tenant.post<{ detail: string }>('/instances', {
        name: 'web',
        flavor: 'small',
        ...vm({ imageId }),
      });
      expect([status, body.detail]).toEqual([400, 'Image not found']);
    },
  );
});
