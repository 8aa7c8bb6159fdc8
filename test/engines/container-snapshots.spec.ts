import { aContainer, callFor, driverOf, onContainerEngines } from '../support/engines';
import { BOOTS, OF_SNAPSHOTS, useContainerSnapshots } from '../support/engines/container-snapshots';

interface StoredImage {
  readonly Id: string;
  readonly RepoDigests: readonly string[] | null;
}

/** Runs a shell command by default, which prints a variable that the image sets. */
const PROGRAM = 'uim-test/program:1';
const CHANGES = `ENTRYPOINT ["/bin/sh", "-c"]
CMD ["echo default $WORD; env; exec sleep 600"]
ENV WORD=image`;

onContainerEngines('a snapshot of a container', (on, name) => {
  const { snapshots, api, stored, aSnapshot, tagOf, taken, cloned } = useContainerSnapshots(on);
  const { signal } = new AbortController();

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
