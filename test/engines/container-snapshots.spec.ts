import { newId } from '../../src/platform/values/uuid';
import { UNDO_BUDGET_MS, type DriverCall, type InstanceSpec, type NewSnapshot } from '../../src/drivers';
import { cgroupValue } from '../support/engines/namespaces';
import { eventually } from '../support/eventually';
import { aContainer, call, callFor, driverOf, onContainerEngines, snapshotImages } from '../support/engines';

interface StoredImage {
  readonly Id: string;
  readonly RepoDigests: readonly string[] | null;
}

const LEASE_LOST = Object.assign(new Error('interrupted: lease_lost'), { isLeaseLost: true });
const BOOTS = { resumesMemory: false };
const FLAGS = { handle: null, includesMemory: false, isQuiesced: false, isPaused: false };
const OF_SNAPSHOTS = 'uim-snapshots.invalid';
/** Runs a shell command by default, which prints a variable that the image sets. */
const PROGRAM = 'uim-test/program:1';
const CHANGES = `ENTRYPOINT ["/bin/sh", "-c"]
CMD ["echo default $WORD; env; exec sleep 600"]
ENV WORD=image`;

onContainerEngines('a snapshot of a container', (on, name) => {
  const { signal } = new AbortController();
  const made: NewSnapshot[] = [];

  const api = <T>(method: string, path: string, body?: object): Promise<T> =>
    call<T>(on().engine.socket, method, path, body);
  const stored = (): Promise<string[]> => snapshotImages(on().engine);
  const aSnapshot = ({ tenantId }: InstanceSpec) => {
    const snapshot = { id: newId(), tenantId, ...FLAGS };
    made.push(snapshot);
    return snapshot;
  };
  const tagOf = ({ id }: Pick<NewSnapshot, 'id'>): string => `${id}.engine-test`;
  const taken = async (instance: InstanceSpec) => {
    const snapshot = aSnapshot(instance);
    await on().driver.abilities.snapshots?.take(callFor(instance), snapshot);
    return snapshot;
  };
  const snapshots = () => {
    const { snapshots: found } = on().driver.abilities;
    if (!found) throw new Error('the driver cannot take snapshots');
    return found;
  };
  const cloned = async (
    snapshot: ReturnType<typeof aSnapshot>,
    instance: InstanceSpec,
  ): Promise<InstanceSpec> => {
    on().willBeMade(instance);
    await snapshots().create(callFor(instance), snapshot, BOOTS);
    return instance;
  };
  /** An image like that of the test, changed by instructions of a Dockerfile. */
  const imageWith = async (image: string, instructions: string): Promise<void> => {
    const { Id } = await api<StoredImage>('POST', `/containers/create?name=maker`, {
      Image: 'uim-test/busybox:1',
      Cmd: ['true'],
    });
    const query = new URLSearchParams({
      container: Id,
      changes: instructions,
      repo: image.replace(':1', ''),
      tag: '1',
    });
    await api('POST', `/commit?${query.toString()}`, { Labels: {} });
    await api('DELETE', `/containers/${Id}`);
  };

  afterEach(async () => {
    await on().deleteByOwner();
    for (const each of made.splice(0)) await snapshots().remove(each, signal);
    expect(await stored()).toEqual([]);
    await on().expectNothingLeft();
  });

  it('runs what a container of the original image would run, with the environment of its own specification', async () => {
    await imageWith(PROGRAM, CHANGES);
    const guest = {
      command: ['echo custom $WORD; exec sleep 600'],
      env: { WORD: 'mine', SECRET: 'x', PATH: '/bin:/mine' },
    };
    const first = await on().created(aContainer(guest, { imageId: PROGRAM }));
    await on().printed(first, /^custom mine$/m);
    const ofFirst = await taken(first);
    const own = { command: [], env: { OWN: 'a "b" $c' } };
    const second = await cloned(ofFirst, aContainer(own, { imageId: PROGRAM }));
    const ofSecond = await taken(second);
    const third = await cloned(ofSecond, aContainer({ command: [] }, { imageId: PROGRAM }));
    const ofThird = await taken(third);
    const fourth = await cloned(ofThird, aContainer({ command: ['echo fourth $WORD; exec sleep 600'] }));
    for (const clone of [second, third]) {
      const text = await on().printed(clone, /^default image$/m);
      await on().printed(clone, /^PATH=.*\/usr\/bin/m);
      // Podman cannot remove a variable.
      expect(text).not.toMatch(name === 'Podman' ? /SECRET=x/ : /SECRET/);
    }
    await on().printed(second, /^OWN=a "b" \$c$/m);
    expect(await on().printed(third, /^PATH/m)).not.toContain('OWN=a');
    await on().printed(fourth, /^fourth image$/m);
    const items = await on().driver.list(signal);
    const ids = [first, second, third, fourth].map(({ id }) => id);
    expect(items.map(({ instanceId }) => instanceId).toSorted()).toEqual(ids.toSorted());
  });

  it('runs nothing if neither the image nor the specification names a program', async () => {
    const snapshot = await taken(await on().created(aContainer()));
    const clone = aContainer({ command: [] });
    on().willBeMade(clone);
    const creating = snapshots().create(callFor(clone), snapshot, BOOTS);
    await expect(creating).rejects.toMatchObject({
      retryable: false,
      message: 'The image defines no program to run: set container.command',
    });
    expect(await on().inspect(clone)).toEqual({ presence: 'absent' });
  });

  it('does not make an instance of a container that someone else starts from it', async () => {
    const instance = await on().created(aContainer());
    const snapshot = await taken(instance);
    const body = { Image: `${OF_SNAPSHOTS}/taken:${tagOf(snapshot)}`, Cmd: ['true'] };
    const { Id } = await api<StoredImage>('POST', '/containers/create?name=by-hand', body);
    expect((await on().driver.list(signal)).map(({ instanceId }) => instanceId)).toEqual([instance.id]);
    await api('DELETE', `/containers/${Id}`);
  });

  describe('is no image for tenants', () => {
    const aliases: string[] = [];
    afterEach(async () => {
      for (const alias of aliases.splice(0)) await api('DELETE', `/images/${alias}`);
    });
    /** As an operator may do. */
    const aliased = async ({ Id }: StoredImage, repository: string): Promise<void> => {
      await api('POST', `/images/${Id.replace('sha256:', '')}/tag?repo=${repository}&tag=1`);
      aliases.push(`${repository}:1`);
    };
    const failure = async (
      imageId: string,
      settings: object,
      parts: Partial<DriverCall> = {},
    ): Promise<string> => {
      const driver = driverOf(on().engine, { ...settings });
      const instance = aContainer({}, { imageId });
      on().willBeMade(instance);
      const error: unknown = await driver.create(callFor(instance, parts)).catch((err: unknown) => err);
      expect(error).toMatchObject({ name: 'DriverError' });
      expect(await on().inspect(instance)).toEqual({ presence: 'absent' });
      const preparing = driver.abilities.rebuild?.prepare(
        callFor(instance, { ...parts, purpose: 'rebuild' }),
      );
      await expect(preparing).rejects.toMatchObject({ message: error instanceof Error ? error.message : '' });
      return error instanceof Error ? error.message.replaceAll(imageId, '<image>') : '';
    };

    it('by any spelling of its name', async () => {
      const snapshot = await taken(await on().created(aContainer()));
      const tag = tagOf(snapshot);
      const names = [OF_SNAPSHOTS, OF_SNAPSHOTS.toUpperCase(), `${OF_SNAPSHOTS}:443`, `${OF_SNAPSHOTS}:80`];
      for (const DOCKER_PULL of ['never', 'missing', 'always'])
        for (const each of names) {
          const unknown = await failure(`${each}/taken:none`, { DOCKER_PULL });
          expect(unknown).toMatch(/not a valid container image name/);
          for (const known of [`${each}/taken:${tag}`, `${each}/taken`, `${each}/removed:${tag}`])
            expect(await failure(known, { DOCKER_PULL })).toBe(unknown);
        }
    });

    it('by its id, digest, or another tag, whether or not some images are private', async () => {
      const snapshot = await taken(await on().created(aContainer()));
      const found = await api<StoredImage>('GET', `/images/${OF_SNAPSHOTS}/taken:${tagOf(snapshot)}/json`);
      await aliased(found, 'docker.io/uim-test/alias');
      const id = found.Id.replace('sha256:', '');
      const digests = [
        `sha256:${id}`,
        ...(found.RepoDigests ?? []).flatMap((each) => each.split('@')[1] ?? []),
      ];
      const settings = { DOCKER_PULL: 'never' };
      for (const parts of [{ imageCheck: null }, { imageCheck: () => true }]) {
        for (const each of [`sha256:${id}`, id, `sha256:${id.slice(0, 12)}`, found.Id.slice(0, 9)])
          expect(await failure(each, settings, parts)).toMatch(/not a valid container image name/);
        const others = [
          'uim-test/alias:1',
          'docker.io/uim-test/alias:1',
          id.slice(0, 12),
          `${id.slice(0, 12)}:latest`,
        ];
        const byDigest = digests.flatMap((digest) => [
          `anything/else@${digest}`,
          `uim-test/busybox:1@${digest}`,
        ]);
        for (const each of [...others, ...byDigest])
          expect(await failure(each, settings, parts)).toMatch(
            /^The engine does not have the image .*DOCKER_PULL=never/,
          );
      }
    });

    it('with the error for an unknown image if images are pulled', async () => {
      const snapshot = await taken(await on().created(aContainer()));
      const found = await api<StoredImage>('GET', `/images/${OF_SNAPSHOTS}/taken:${tagOf(snapshot)}/json`);
      await aliased(found, '127.0.0.1:9/alias');
      const unknown = await failure('127.0.0.1:9/other:1', {});
      expect(await failure('127.0.0.1:9/alias:1', {})).toBe(unknown.replaceAll('other', 'alias'));
    });
  });

  it('is refused if the image keeps data in volumes of the engine', async () => {
    await imageWith('uim-test/volume:1', 'VOLUME /data');
    const instance = await on().created(aContainer({}, { imageId: 'uim-test/volume:1' }));
    await expect(taken(instance)).rejects.toMatchObject({
      retryable: false,
      message:
        'A snapshot would not contain the data in /data, which the image keeps in volumes of the engine',
    });
    expect(await stored()).toEqual([]);
  });

  it('reports the space of what the container has changed since its original image', async () => {
    const instance = await on().created(
      aContainer({ script: 'dd if=/dev/zero of=/data bs=1M count=8; exec sleep 600' }),
    );
    await on().printed(instance, /8\+0 records out/);
    const first = aSnapshot(instance);
    const { sizeBytes } = await snapshots().take(callFor(instance), first);
    expect(sizeBytes).toBeGreaterThanOrEqual(8 * 1024 ** 2);
    expect(sizeBytes).toBeLessThan(9 * 1024 ** 2);
    const clone = await cloned(first, aContainer({ script: 'exec sleep 600' }));
    const next = await snapshots().take(callFor(clone), aSnapshot(clone));
    expect(next.sizeBytes).toBeGreaterThanOrEqual(8 * 1024 ** 2);
  });

  describe('if interrupted', () => {
    /** Large enough for the engine to need a while. */
    const large = async (): Promise<InstanceSpec> => {
      const script = 'dd if=/dev/urandom of=/data bs=1M count=256; echo written; exec sleep 600';
      const instance = await on().created(aContainer({ script }));
      await eventually(
        async () => expect(await on().driver.tail(callFor(instance), 9)).toContain('written'),
        {
          withinMs: 60_000,
        },
      );
      return instance;
    };
    const interrupted = async (
      instance: InstanceSpec,
      snapshot: NewSnapshot,
      reason?: Error,
    ): Promise<void> => {
      const stopping = new AbortController();
      const process = await on().pid(instance);
      const taking = snapshots().take(callFor(instance, { signal: stopping.signal }), snapshot);
      // Podman does not report a container meanwhile.
      await eventually(() =>
        expect(cgroupValue(process, 'freezer', 'freezer.state', 'cgroup.freeze')).toMatch(/FROZEN|1/),
      );
      const before = performance.now();
      stopping.abort(reason);
      await expect(taking).rejects.toMatchObject({ name: 'DriverError', retryable: true });
      expect(performance.now() - before).toBeLessThan(UNDO_BUDGET_MS);
    };
    const isDone = (instance: InstanceSpec): Promise<void> =>
      eventually(
        async () => {
          expect(await on().inspect(instance)).toMatchObject({ power: 'running' });
          expect(await stored()).toEqual([]);
        },
        { withinMs: 60_000 },
      );

    it('by an abort, leaves a running guest and no image, as soon as the engine is done', async () => {
      const instance = await large();
      await interrupted(instance, aSnapshot(instance));
      await isDone(instance);
    });

    it('by a lost lease, is taken by the next attempt, which waits until the engine is done', async () => {
      const instance = await large();
      const snapshot = aSnapshot(instance);
      await interrupted(instance, snapshot, LEASE_LOST);
      await snapshots().take(callFor(instance), snapshot);
      expect(await on().inspect(instance)).toMatchObject({ power: 'running' });
      await snapshots().remove(snapshot, signal);
      await isDone(instance);
    });

    it('while it is restored, is restored by the next attempt', async () => {
      const instance = await on().created(aContainer());
      const snapshot = await taken(instance);
      await on().driver.stop(callFor(instance, { purpose: 'restore' }));
      await api('DELETE', `/containers/uim-${instance.id}`);
      await snapshots().restore(callFor(instance, { purpose: 'restore' }), snapshot, BOOTS);
      expect(await on().inspect(instance)).toMatchObject({ power: 'stopped' });
      await on().driver.start(callFor(instance, { purpose: 'restore' }));
      expect(await on().inspect(instance)).toMatchObject({ power: 'running' });
    });

    it('while it is removed, is removed by the next attempt', async () => {
      const instance = await on().created(aContainer());
      const snapshot = await taken(instance);
      const tag = tagOf(snapshot);
      await api('POST', `/images/${OF_SNAPSHOTS}/taken:${tag}/tag?repo=${OF_SNAPSHOTS}/removed&tag=${tag}`);
      await snapshots().remove(snapshot, signal);
      expect(await stored()).toEqual([]);
    });

    it('while the last container of a removed one is removed, is cleaned up with the next one', async () => {
      const instance = await on().created(aContainer());
      const snapshot = await taken(instance);
      const clone = await cloned(snapshot, aContainer());
      await snapshots().remove(snapshot, signal);
      expect(await stored()).toHaveLength(1);
      await api('DELETE', `/containers/uim-${clone.id}?force=1`);
      await snapshots().remove(await taken(instance), signal);
      expect(await stored()).toEqual([]);
    });
  });

  it('ends a guest at once that is stopped to be restored', async () => {
    const instance = await on().created(
      aContainer({ script: 'trap "" TERM; echo deaf; while :; do sleep 1; done' }),
    );
    await on().printed(instance, /deaf/);
    const patient = driverOf(on().engine, { DOCKER_STOP_SECONDS: '60' });
    const before = performance.now();
    await patient.stop(callFor(instance, { purpose: 'restore' }));
    expect(performance.now() - before).toBeLessThan(30_000);
  });
});
