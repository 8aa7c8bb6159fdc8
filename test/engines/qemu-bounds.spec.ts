import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../src/platform/values/uuid';
import { DriverError, type DriverCall, type InstanceSpec } from '../../src/drivers';
import { findFirmware } from '../../src/drivers/qemu/machine/firmware';
import { eventually } from '../support/eventually';
import { callFor } from '../support/builders';
import { guestsOf } from '../support/engines/guests';
import { describeQemu, pidOf } from '../support/engines/qemu-engine';

describeQemu('the isolation of qemu machines', ({ engine, driver, inspect }) => {
  it("keeps the service's environment from the process, and sandboxes it", async () => {
    process.env['UIM_TEST_SECRET'] = 'do-not-pass-on';
    const instance = engine().instance();
    await driver().create(callFor(instance));
    const pid = pidOf(instance);
    delete process.env['UIM_TEST_SECRET'];

    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
    expect(environment.map((entry) => entry.split('=')[0]).toSorted()).toEqual(['LC_ALL', 'PATH']);
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\t2$/m);
    for (const way of ['', 'work']) {
      expect(lstatSync(engine().pathOf(instance, way)).mode & 0o777).toBe(0o700);
    }
    const session = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[5];
    expect(session).toBe(String(pid));
  });

  it('does not trust a reused pid, and kills no other process', async () => {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    process.kill(pidOf(instance), 'SIGKILL');
    await eventually(async () => expect(guestsOf(instance.id)).toEqual([]));
    writeFileSync(engine().pathOf(instance, 'work/qemu.pid'), `${process.pid}\n`);

    expect(await inspect(instance)).toMatchObject({ power: 'stopped' });
    await driver().destroy(callFor(instance));
    expect(existsSync(engine().pathOf(instance))).toBe(false);
  });

  it('leaves nothing behind if a creation is aborted at any step', async () => {
    for (const step of ['checking the image', 'creating the disk', 'booting']) {
      const instance = engine().instance();
      const controller = new AbortController();
      const progress = (text: string): void => {
        if (text === step) controller.abort();
      };
      const creating = driver().create(callFor(instance, { progress, signal: controller.signal }));
      await expect(creating).rejects.toThrow();
      expect(await inspect(instance)).toEqual({ presence: 'absent' });
      expect(guestsOf(instance.id)).toEqual([]);
    }
    expect(readdirSync(join(engine().dir, 'instances'))).toEqual([]);
  });

  it('leaves nothing behind if a creation is aborted while its process runs', async () => {
    const instance = engine().instance();
    const controller = new AbortController();
    const creating = driver().create(callFor(instance, { signal: controller.signal }));
    const failed = expect(creating).rejects.toThrow();
    await eventually(async () => expect(guestsOf(instance.id)).toHaveLength(1));
    controller.abort();
    await failed;
    expect(guestsOf(instance.id)).toEqual([]);
    expect(readdirSync(join(engine().dir, 'instances'))).toEqual([]);
  });

  it('removes a link in its directory, not the target', async () => {
    const instance = engine().instance();
    const outside = join(engine().dir, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'precious'), '');
    await driver().create(callFor(instance));
    symlinkSync(outside, engine().pathOf(instance, 'work/link'));

    await driver().destroy(callFor(instance));
    expect(readdirSync(outside)).toEqual(['precious']);
    expect(existsSync(engine().pathOf(instance))).toBe(false);
  });

  it('finishes an interrupted removal with the next list', async () => {
    const instance = engine().instance();
    const outside = join(engine().dir, 'precious');
    mkdirSync(outside);
    await driver().create(callFor(instance));
    await engine().driver({ stopGraceMs: 0 }).stop(callFor(instance));
    symlinkSync(outside, engine().pathOf(instance, 'work/link'));
    mkdirSync(join(engine().dir, 'removed'), { recursive: true });
    renameSync(engine().pathOf(instance), join(engine().dir, 'removed', `${instance.id}.cut-short`));

    expect(await driver().list(AbortSignal.timeout(10_000))).toEqual([]);
    expect(readdirSync(join(engine().dir, 'removed'))).toEqual([]);
    expect(existsSync(outside)).toBe(true);
  });

  it('removes the leftovers of an interrupted creation with a list an hour later', async () => {
    const draft = join(engine().dir, 'instances', `.${newId()}.new`);
    mkdirSync(join(draft, 'work'), { recursive: true });
    symlinkSync(engine().dir, join(draft, 'work/link'));
    await driver().create(callFor(engine().instance()));
    await driver().list(AbortSignal.timeout(10_000));
    expect(existsSync(draft)).toBe(true);
    const now = performance.now.bind(performance);
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now() + 3_700_000);
    expect(await driver().list(AbortSignal.timeout(10_000))).toHaveLength(1);
    clock.mockRestore();
    expect(existsSync(draft)).toBe(false);
    expect(readdirSync(join(engine().dir, 'removed'))).toEqual([]);
  });

  const HOSTILE: readonly (readonly [string, Partial<InstanceSpec>, RegExp])[] = [
    ['an id that is a path', { id: '../../etc' }, /id of the instance/],
    ['no image', { image: null, imageId: '../../etc/passwd' }, /not an image for virtual machines/],
    [
      'an image of another driver',
      { image: { kind: 'name', name: 'a' } },
      /not an image for virtual machines/,
    ],
  ];
  it.each(HOSTILE)('rejects %s permanently', async (_, parts, words) => {
    const refusal = driver().create(callFor(engine().instance(parts)));
    await expect(refusal).rejects.toThrow(words);
    await expect(refusal).rejects.toMatchObject({ name: 'DriverError', retryable: false });
  });

  it('rejects a missing or altered image without revealing its path', async () => {
    const missing = { ...engine().image, initrd: join(engine().dir, 'no-such-file') };
    const wrong = { ...engine().image, sha256: { ...engine().image.sha256, kernel: '0'.repeat(64) } };

    for (const [bad, words] of [
      [missing, 'A file of the image "ubuntu-22.04" is missing on this host'],
      [wrong, 'A file of the image "ubuntu-22.04" does not match the checksum in the catalog'],
    ] as const) {
      const error = await driver()
        .create(callFor(engine().instance({ image: bad })))
        .catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(DriverError);
      expect(error).toMatchObject({ message: words, retryable: false });
    }
    expect(readdirSync(join(engine().dir, 'instances'))).toEqual([]);
  });

  it('boots with UEFI firmware, or names the missing package', async () => {
    const { disk } = engine().image;
    if (!disk) throw new Error('the small guest has a disk');
    const rest = { sha256: null, firmware: 'uefi', guestAgent: false, defaultUser: null } as const;
    const image = { kind: 'disk', ...disk, ...rest } as const;
    const instance = engine().instance({ image });

    if (await findFirmware()) {
      await driver().create(callFor(instance));
      expect(await inspect(instance)).toEqual({ presence: 'present', power: 'running' });
      expect(existsSync(engine().pathOf(instance, 'work/efivars.fd'))).toBe(true);
    } else {
      await expect(driver().create(callFor(instance))).rejects.toThrow('install the package ovmf');
    }
  });

  it('never reports a machine on another host as absent or stopped', async () => {
    const call: DriverCall = callFor(engine().instance(), { handle: { v: 1, data: { host: 'elsewhere' } } });

    for (const verb of ['inspect', 'start', 'stop', 'destroy'] as const) {
      await expect(driver()[verb](call)).rejects.toThrow('The virtual machine is on another host');
    }
  });

  it('never reports machines whose directory is not mounted as absent', async () => {
    const instance = engine().instance();
    const dir = join(engine().dir, 'mounted');
    const before = engine().driver({ dir });
    const { handle } = await before.create(callFor(instance));
    await engine().driver({ dir, stopGraceMs: 0 }).stop(callFor(instance, { handle }));
    const signal = AbortSignal.timeout(30_000);
    renameSync(dir, `${dir}.away`);
    mkdirSync(dir);

    const after = engine().driver({ dir });
    for (const verb of ['inspect', 'start', 'stop', 'destroy', 'create'] as const) {
      const refused = after[verb](callFor(instance, { handle }));
      await expect(refused).rejects.toMatchObject({ name: 'DriverError', retryable: true });
    }
    for (const each of [before, after]) {
      expect(await each.fingerprint(signal)).toMatchObject({ isUp: false });
      await expect(each.list(signal)).rejects.toMatchObject({ retryable: true });
    }
    expect(readdirSync(dir)).toEqual([]);

    rmdirSync(dir);
    renameSync(`${dir}.away`, dir);
    expect(await after.fingerprint(signal)).toMatchObject({ isUp: true });
    await after.destroy(callFor(instance, { handle }));
    expect(readdirSync(join(dir, 'instances'))).toEqual([]);
  });

  it('reaches its sockets even if the path of its directory is very long', async () => {
    const deep = join(engine().dir, 'd'.repeat(120));
    const far = engine().driver({ dir: deep });
    const instance = engine().instance();

    await far.create(callFor(instance));
    expect(await far.inspect(callFor(instance))).toEqual({ presence: 'present', power: 'running' });
    await far.destroy(callFor(instance));
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot('runs machines as another user if configured (as root only)', async () => {
    const instance = engine().instance();
    const other = engine().driver({ user: 'nobody' });

    await other.create(callFor(instance));
    const status = readFileSync(`/proc/${pidOf(instance)}/status`, 'utf8');
    expect(status).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m);
    expect(status).toMatch(/^Groups:\t ?$/m);
    expect(status).toMatch(/^CapEff:\t0+$/m);
    // Access to the sockets means control of the machine, so no other user may reach their directory.
    const work = lstatSync(engine().pathOf(instance, 'work'));
    expect({ uid: work.uid, mode: work.mode & 0o777 }).toEqual({ uid: 65_534, mode: 0o700 });
    expect(readdirSync(engine().pathOf(instance, 'work'))).toEqual(
      expect.arrayContaining(['qmp.sock', 'vnc.sock']),
    );
    await other.stop(callFor(instance));
    await other.start(callFor(instance));
    expect(await other.inspect(callFor(instance))).toEqual({ presence: 'present', power: 'running' });
  });
});
