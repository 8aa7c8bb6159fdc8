import type { DriverCall } from '../../src/drivers';
import { aContainer, callFor, driverOf, onContainerEngines } from '../support/engines';
import { OF_SNAPSHOTS, useContainerSnapshots } from '../support/engines/container-snapshots';

interface StoredImage {
  readonly Id: string;
  readonly RepoDigests: readonly string[] | null;
}

onContainerEngines('a snapshot of a container is no image for tenants', (on) => {
  const aliases: string[] = [];
  // Before the check that nothing is left.
  afterEach(async () => {
    for (const alias of aliases.splice(0)) await api('DELETE', `/images/${alias}`);
  });
  const { api, tagOf, taken } = useContainerSnapshots(on);

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
    const preparing = driver.abilities.rebuild?.prepare(callFor(instance, { ...parts, purpose: 'rebuild' }));
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
