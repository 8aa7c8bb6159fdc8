import Docker from 'dockerode';
import { readFileSync } from 'node:fs';
import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { forContainerEngines, TEST_IMAGE, type Engine } from '../support/engines';
import { eventually } from '../support/eventually';
import { cgroupValue } from '../support/engines/namespaces';
import { EngineFixture } from '../support/engines/engine-fixture';

/** Prints that it is up with the given color, and ends on SIGTERM. */
const COMMAND = [
  '/bin/sh',
  '-c',
  'trap "echo told to stop; exit 0" TERM; echo "up as $COLOUR"; sleep 1000000 & wait',
];

forContainerEngines('a container through the API', (start) => {
  describe('follows the state in the engine', () => {
    let engine: Engine;
    let docker: Docker;
    let fixture: EngineFixture;
    let tenant: Client;
    let images: readonly string[];

    beforeAll(async () => {
      engine = await start();
      docker = new Docker({ socketPath: engine.socket });
      fixture = await EngineFixture.start({ socket: engine.socket });
      tenant = fixture.as('tenant-a');
      images = await imageIds();
    });
    afterAll(async () => {
      await fixture.close();
      await engine.stop();
    });

    async function imageIds(): Promise<readonly string[]> {
      return (await docker.listImages({ all: true })).map(({ Id }) => Id).sort();
    }

    async function containersOf(id: string): Promise<readonly Docker.ContainerInfo[]> {
      const all = await docker.listContainers({ all: true });
      return all.filter(({ Labels }) => Labels['uim.instance-id'] === id);
    }

    async function stateOf(id: string): Promise<Docker.ContainerInspectInfo> {
      const [found, ...more] = await containersOf(id);
      expect(more).toEqual([]);
      if (!found) throw new Error(`the engine has no container of ${id}`);
      return docker.getContainer(found.Id).inspect();
    }

    it('is created, stopped, started, restarted and deleted, and leaves nothing behind', async () => {
      const { id } = await tenant.createRunning({
        type: 'container',
        imageId: TEST_IMAGE,
        container: { command: COMMAND, env: { COLOUR: 'green' } },
      });
      const { State, Name, Config } = await stateOf(id);
      expect([State.Running, Name, Config.Labels['uim.tenant-id']]).toEqual([true, `/uim-${id}`, 'tenant-a']);
      expect(await consoleOf(id)).toContain('up as green');

      const stopped = await tenant.post<Instance>(`/instances/${id}/stop`);
      expect([stopped.status, stopped.body.status]).toEqual([200, 'stopped']);
      expect((await stateOf(id)).State).toMatchObject({ Running: false, ExitCode: 0 });

      const started = await tenant.post<Instance>(`/instances/${id}/start`);
      expect([started.status, started.body.status]).toEqual([200, 'running']);
      const first = (await stateOf(id)).State;
      expect(first.Running).toBe(true);

      await tenant.post(`/instances/${id}/stop`);
      expect((await tenant.post<Instance>(`/instances/${id}/restart`)).body.status).toBe('restarting');
      await tenant.reaches(id, 'running');
      const again = (await stateOf(id)).State;
      expect(again.Running).toBe(true);
      expect(again.StartedAt).not.toBe(first.StartedAt);

      expect((await tenant.delete(`/instances/${id}`)).status).toBe(400);
      expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBe(204);
      expect(await docker.listContainers({ all: true })).toEqual([]);
      expect((await docker.listVolumes()).Volumes).toEqual([]);
      const networks = await docker.listNetworks();
      expect(networks.filter(({ Labels }) => Labels?.['uim.deployment'] !== undefined)).toEqual([]);
      expect(await imageIds()).toEqual(images);
      expect(() => process.kill(again.Pid, 0)).toThrow('ESRCH');
    });

    it('has the limits of its flavor and no unneeded capabilities', async () => {
      const { id } = await tenant.createRunning({
        type: 'container',
        imageId: TEST_IMAGE,
        container: { command: COMMAND },
      });
      const flavor = (await tenant.get<{ vcpus: number; ramGB: number }>('/flavors/small')).body;
      // Before it prints, the process can still be the engine's, which becomes the program.
      await consoleOf(id);
      const { State } = await stateOf(id);
      expect(cgroupValue(State.Pid, 'memory', 'memory.limit_in_bytes', 'memory.max')).toBe(
        String(flavor.ramGB * 2 ** 30),
      );
      const quota = Number(cgroupValue(State.Pid, 'cpu', 'cpu.cfs_quota_us', 'cpu.max'));
      expect(quota / Number(cgroupValue(State.Pid, 'cpu', 'cpu.cfs_period_us', 'cpu.max'))).toBe(
        flavor.vcpus,
      );
      expect(Number(cgroupValue(State.Pid, 'pids', 'pids.max', 'pids.max'))).toBeGreaterThan(0);
      const status = readFileSync(`/proc/${State.Pid}/status`, 'utf8');
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
      const capabilities = BigInt(`0x${/^CapEff:\s+([0-9a-f]+)$/m.exec(status)?.[1] ?? ''}`);
      for (const [name, bit] of Object.entries({
        SYS_ADMIN: 21n,
        NET_ADMIN: 12n,
        SYS_PTRACE: 19n,
        NET_RAW: 13n,
      })) {
        expect([name, (capabilities >> bit) & 1n]).toEqual([name, 0n]);
      }
      await tenant.delete(`/instances/${id}?force=true`);
    });

    it('is reported as stopped when it exits, and can be started again', async () => {
      const { id } = await tenant.createRunning({
        type: 'container',
        imageId: TEST_IMAGE,
        container: { command: ['/bin/sh', '-c', 'sleep 1; exit 3'] },
      });
      const ended = await tenant.reaches(id, 'stopped');
      expect(ended.statusReason).toMatch(/\b3\b/);
      expect((await tenant.post<Instance>(`/instances/${id}/start`)).body.status).toBe('running');
      await tenant.reaches(id, 'stopped');
      expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
    });

    it('is updated after it was removed or started directly in the engine', async () => {
      const container = { type: 'container', imageId: TEST_IMAGE, container: { command: COMMAND } };
      const [removed, started] = [
        await tenant.createRunning(container),
        await tenant.createStopped(container),
      ];
      await docker.getContainer(`uim-${removed.id}`).remove({ force: true });
      await docker.getContainer(`uim-${started.id}`).start();
      await tenant.reaches(started.id, 'running');
      expect((await tenant.reaches(removed.id, 'error')).statusReason).not.toBeNull();
      for (const { id } of [removed, started]) await tenant.delete(`/instances/${id}?force=true`);
      expect(await docker.listContainers({ all: true })).toEqual([]);
    });

    it('reports its usage', async () => {
      const { id } = await tenant.createRunning({
        type: 'container',
        imageId: TEST_IMAGE,
        container: { command: COMMAND },
      });
      const { status, body } = await tenant.get<{ memory: { limitBytes: number; usedBytes: number } }>(
        `/instances/${id}/stats`,
      );
      expect(status).toBe(200);
      expect(body.memory.usedBytes).toBeGreaterThan(0);
      expect(body.memory.usedBytes).toBeLessThan(body.memory.limitBytes);
      await tenant.delete(`/instances/${id}?force=true`);
    });

    it('fails without creating anything if the image is missing', async () => {
      const { id } = await tenant.create({ type: 'container', imageId: 'uim-test/not-there:1' });
      expect((await tenant.reaches(id, 'error')).statusReason).toMatch(/image/);
      expect(await containersOf(id)).toEqual([]);
      expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
    });

    async function consoleOf(id: string): Promise<readonly string[]> {
      return eventually(async () => {
        const { body } = await tenant.get<{ lines: readonly string[] }>(`/instances/${id}/console`);
        if (body.lines.length === 0) throw new Error('nothing was printed yet');
        return body.lines;
      });
    }
  });
});
