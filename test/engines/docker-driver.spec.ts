import { existsSync } from 'node:fs';
import { newId } from '../../src/platform/values/uuid';
import { aContainer, call, callFor, driverOf, onContainerEngines, TICKING } from '../support/engines';
import { cgroupValue, procOf } from '../support/engines/namespaces';
import { eventually } from '../support/eventually';

const GB = 1024 ** 3;
const ABSENT = { presence: 'absent' };

onContainerEngines('a container', (on, name) => {
  it('has the limits of its flavor in its cgroup', async () => {
    const flavor = { name: 'f', vcpus: 1, ramGB: 1, diskGB: 5, gpus: 0 };
    const instance = await on().created(aContainer({}, { flavor }));
    const process = await on().pid(instance);
    expect(cgroupValue(process, 'memory', 'memory.limit_in_bytes', 'memory.max')).toBe(String(GB));
    expect(cgroupValue(process, 'pids', 'pids.max', 'pids.max')).toBe('512');
    const quota = cgroupValue(process, 'cpu', 'cpu.cfs_quota_us', 'cpu.max');
    expect(quota.split(' ')[0]).toBe('100000');
  });

  it('has only the capabilities it needs and cannot gain more', async () => {
    const instance = await on().created(aContainer());
    // Before it prints, the process can still be the engine's, which becomes the program.
    await on().printed(instance, /tick/);
    const status = procOf(await on().pid(instance), 'status');
    expect(status).toMatch(/NoNewPrivs:\s+1/);
    // CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, NET_BIND_SERVICE: bits 0, 1, 3 to 7, and 10.
    expect(status).toMatch(/CapEff:\s+00000000000004fb/);
    expect(status).toMatch(/CapBnd:\s+00000000000004fb/);
  });

  it('is killed when it runs out of memory, and reports that as the reason', async () => {
    const flavor = { name: 'f', vcpus: 1, ramGB: 1, diskGB: 5, gpus: 0 };
    const script = 'exec awk \'BEGIN { s = "x"; while (1) s = s s }\'';
    const instance = await on().created(aContainer({ script }, { flavor }));
    await eventually(
      async () => {
        const observation = await on().inspect(instance);
        const reason = name === 'Podman' ? /killed by signal 9/ : /killed because it ran out of memory/;
        expect('reason' in observation ? observation.reason : '').toMatch(reason);
      },
      { withinMs: 60_000 },
    );
  });

  it('does not see the environment of the service', async () => {
    const secret = newId();
    process.env['UIM_TEST_SECRET'] = secret;
    try {
      const instance = await on().created(aContainer({ env: { GREETING: 'hello' } }));
      await on().printed(instance, /tick/);
      const environment = procOf(await on().pid(instance), 'environ');
      expect(environment).toContain('GREETING=hello');
      expect(environment).not.toContain(secret);
    } finally {
      delete process.env['UIM_TEST_SECRET'];
    }
  });

  it('can be stopped, started and removed after it was renamed in the engine', async () => {
    const instance = await on().created(aContainer());
    await call(on().engine.socket, 'POST', `/containers/uim-${instance.id}/rename?name=renamed-${newId()}`);

    expect(await on().inspect(instance)).toMatchObject({ power: 'running' });
    await on().printed(instance, /tick/);
    await on().driver.stop(callFor(instance, { purpose: 'stop' }));
    expect(await on().inspect(instance)).toMatchObject({ power: 'stopped' });
    await on().driver.start(callFor(instance, { purpose: 'start' }));
    expect(await on().inspect(instance)).toMatchObject({ power: 'running' });
    await on().driver.destroy(callFor(instance, { purpose: 'delete' }));
    expect(await on().inspect(instance)).toEqual(ABSENT);
    await on().expectNothingLeft();
  });

  it('can be discarded after it was renamed in the engine', async () => {
    const instance = await on().created(aContainer());
    await call(on().engine.socket, 'POST', `/containers/uim-${instance.id}/rename?name=renamed-${newId()}`);
    const { signal } = callFor(instance);

    expect(await on().driver.discard(instance.id, signal)).toBe(true);
    await on().expectNothingLeft();
    expect(await on().driver.discard(instance.id, signal)).toBe(false);
  });

  it('is listed with its new published ports after the engine restarted it', async () => {
    const instance = await on().created(aContainer({ ports: [{ port: 8080, protocol: 'tcp' }] }));
    const { signal } = callFor(instance);
    await call(on().engine.socket, 'POST', `/containers/uim-${instance.id}/restart?t=1`);

    const observation = await on().inspect(instance);
    expect(observation).toMatchObject({ ...{ power: 'running' }, ports: [{ port: 8080, protocol: 'tcp' }] });
    const [listed] = await on().driver.list(signal);
    expect(listed?.instanceId).toBe(instance.id);
    // A list lacks the run.
    expect(observation).toMatchObject({ ...listed?.observation });
  });

  it('treats hostile text as plain text', async () => {
    const mark = `/tmp/uim-pwned-${newId()}`;
    const hostile = [
      `$(touch ${mark})`,
      `\`touch ${mark}\``,
      `; touch ${mark}`,
      '--privileged',
      '../../x',
      '\'"\n\\',
    ];
    const instance = aContainer(
      {
        command: [
          '/bin/sh',
          '-c',
          `for each; do echo "[$each]"; done; echo "<$ODD>"; ${TICKING}`,
          'sh',
          ...hostile,
        ],
        env: { ODD: hostile.join('|') },
      },
      {
        name: `$(touch ${mark}) --privileged`,
        tenantId: `../x; touch ${mark} {{.ID}} "`,
        metadata: { '--privileged': `$(touch ${mark})`, 'uim.tenant-id': 'another' },
      },
    );
    await on().created(instance);
    const text = await on().printed(instance, /tick/);
    for (const each of hostile) expect(text).toContain(`[${each}]`);
    expect(text).toContain(`<${hostile.join('|')}>`);
    expect(existsSync(mark)).toBe(false);
    expect(existsSync(`/proc/${await on().pid(instance)}/root${mark}`)).toBe(false);
    const { tenantId } = instance;
    expect(await on().driver.list(callFor(instance).signal)).toMatchObject([
      { instanceId: instance.id, tenantId },
    ]);
    const { HostConfig } = await call<{ HostConfig: { Privileged: boolean } }>(
      on().engine.socket,
      'GET',
      `/containers/uim-${instance.id}/json`,
    );
    expect(HostConfig.Privileged).toBe(false);
  });

  it.each(['../../containers/x', 'a b', '--privileged', '$(id)', 'a'.repeat(64), 'x?fromSrc=-', 'UPPER'])(
    'is rejected permanently with the image %j',
    async (imageId) => {
      const instance = aContainer({}, { imageId });
      await expect(on().driver.create(callFor(instance))).rejects.toMatchObject({
        name: 'DriverError',
        retryable: false,
      });
      expect(await on().inspect(instance)).toEqual(ABSENT);
    },
  );

  it('accepts 100 environment variables of 10 KB each', async () => {
    const env = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`V${i}`, `${i}`.padEnd(10_240, 'x')]),
    );
    const instance = await on().created(aContainer({ env, script: `echo "\${#V0} \${#V99}"; ${TICKING}` }));
    await on().printed(instance, /^10240 10240$/m);
  });

  it('is rejected permanently if the image lacks the program, and leaves nothing behind', async () => {
    const instance = aContainer({ command: ['no-such-program'] });
    await expect(on().driver.create(callFor(instance))).rejects.toMatchObject({
      retryable: false,
      message: 'The program to run was not found in the image',
    });
    await on().expectNothingLeft();
  });

  it('is rejected permanently if the image is missing and pulling is disabled', async () => {
    const instance = aContainer({}, { imageId: 'uim-test/none:1' });
    const offline = driverOf(on().engine, { DOCKER_PULL: 'never' });
    await expect(offline.create(callFor(instance))).rejects.toThrow('DOCKER_PULL=never');
    await on().expectNothingLeft();
  });
});
