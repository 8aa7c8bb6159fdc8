import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Instance } from '../../src/compute/instances';
import { CatalogDirectory } from '../support/catalog';
import type { Client } from '../support/client';
import { call, forContainerEngines, TEST_IMAGE, TICKING, type Engine } from '../support/engines';
import { EngineFixture } from '../support/engines/engine-fixture';
import { expectProblem } from '../support/problem';

const run = promisify(execFile);
const SCRIPT = join(__dirname, '..', '..', 'scripts', 'engines', 'container-image.sh');
const HUB = 'uim-test/mixed';
const LOCAL = 'registry.local/team/app';

interface StoredImage {
  readonly Id: string;
  readonly RepoDigests: readonly string[] | null;
}

forContainerEngines('a catalog image of one tenant', (start, engineName) => {
  let engine: Engine;
  let fixture: EngineFixture;
  let catalog: CatalogDirectory;
  let owner: Client;
  let stranger: Client;
  let id: string;
  let digest: string;

  beforeAll(async () => {
    engine = await start();
    // Separate images, not more tags of the test image.
    for (const name of [`${HUB}:1`, `${HUB}:2`, `${LOCAL}:1`]) await run(SCRIPT, [engine.socket, name]);
    await call(engine.socket, 'POST', `/images/${LOCAL}:1/tag?repo=uim-test/alias&tag=1`);
    const stored = await call<StoredImage>(engine.socket, 'GET', `/images/${LOCAL}:1/json`);
    id = stored.Id.replace('sha256:', '');
    // Docker Engine has digests only for pulled images.
    digest = stored.RepoDigests?.[0]?.split('@')[1] ?? `sha256:${id}`;
    catalog = new CatalogDirectory([
      { id: 'hub-private', tenants: ['owner'], docker: { name: `${HUB}:1` } },
      { id: 'hub-public', docker: { name: `index.docker.io/${HUB}:2` } },
      { id: 'former', tenants: ['owner'], docker: { name: 'registry.local/former:2' } },
      { id: 'local-private', tenants: ['owner'], docker: { name: `${LOCAL}:1` } },
    ]);
    const environment = {
      IMAGES_FILE: catalog.file,
      IMAGES_REGISTRIES: 'docker.io,localhost,registry.local',
    };
    fixture = await EngineFixture.start({ socket: engine.socket, environment });
    owner = fixture.as('owner');
    stranger = fixture.as('stranger');
  });
  afterAll(async () => {
    await fixture.close();
    catalog.remove();
    await engine.stop();
  });

  const requestOf = (imageId: string) => ({
    type: 'container',
    imageId,
    container: { command: ['/bin/sh', '-c', TICKING] },
  });
  const removed = async (client: Client, instanceId: string): Promise<void> => {
    await client.delete(`/instances/${instanceId}?force=true`);
    await client.isGone(instanceId);
  };
  const expectRuns = async (client: Client, imageId: string): Promise<void> => {
    const instance = await client.createRunning(requestOf(imageId));
    await removed(client, instance.id);
  };
  const expectFails = async (imageId: string): Promise<void> => {
    const { id: instanceId } = await stranger.create(requestOf(imageId));
    const { statusReason } = await stranger.reaches(instanceId, 'error');
    expect(statusReason).toMatch(/^create failed: The engine does not have the image /);
    const label = encodeURIComponent(JSON.stringify({ label: [`uim.instance-id=${instanceId}`] }));
    expect(await call(engine.socket, 'GET', `/containers/json?all=1&filters=${label}`)).toEqual([]);
    await removed(stranger, instanceId);
  };

  it.each([
    'hub-private',
    `${HUB}:1`,
    `docker.io/${HUB}:1`,
    `index.docker.io/${HUB}:1`,
    `INDEX.docker.io/${HUB}:1`,
    `registry-1.docker.io/${HUB}:1`,
    HUB,
    `${HUB}:3`,
    'local-private',
    `${LOCAL}:1`,
    LOCAL,
    `Registry.Local/team/app:1`,
    'registry.local:443/team/app:1',
  ])('is refused to another tenant as %s', async (imageId) => {
    const refusal = await stranger.post<Instance>('/instances', {
      name: 'a',
      flavor: 'small',
      ...requestOf(imageId),
    });
    expectProblem(refusal, { status: 400, code: 'image_not_found' });
  });

  it('is refused to another tenant by its full or shortened id', async () => {
    for (const imageId of [id, `sha256:${id}`, `sha256:${id.slice(0, 12)}`, `sha256:${id.slice(0, 2)}`]) {
      const refusal = await stranger.post('/instances', {
        name: 'a',
        flavor: 'small',
        ...requestOf(imageId),
      });
      expectProblem(refusal, { status: 400, code: 'image_not_found' });
    }
    for (const imageId of [id.slice(0, 12), `${id.slice(0, 12)}:latest`]) await expectFails(imageId);
  });

  it('does not run for another tenant by its digest in any repository', async () => {
    for (const repository of [
      'anything/else',
      'docker.io/anything/else',
      'anything/else:1',
      HUB,
      TEST_IMAGE,
    ]) {
      await expectFails(`${repository}@${digest}`);
    }
  });

  it('does not run for another tenant by a part of its name', async () => {
    for (const imageId of ['app:1', 'team/app:1', 'localhost/team/app:1']) await expectFails(imageId);
  });

  it('does not run for another tenant by another tag of the same content', async () => {
    await expectFails('uim-test/alias:1');
  });

  it('does not run for another tenant by the digest of a version whose tag was moved', async () => {
    await call(engine.socket, 'POST', `/images/${HUB}:1/tag?repo=registry.local/former&tag=1`);
    await run(SCRIPT, [engine.socket, 'registry.local/former:2']);
    const { Id, RepoDigests } = await call<StoredImage>(
      engine.socket,
      'GET',
      '/images/registry.local/former:2/json',
    );
    for (const tag of ['2', 'latest']) {
      await call(
        engine.socket,
        'POST',
        `/images/registry.local/former:1/tag?repo=registry.local/former&tag=${tag}`,
      );
    }
    const former = RepoDigests?.[0]?.split('@')[1] ?? Id;
    for (const repository of ['anything/else', 'registry.local/other'])
      await expectFails(`${repository}@${former}`);
  });

  it('runs for its owner by catalog id, by every spelling, by another tag, and by its digest', async () => {
    const names = ['hub-private', `index.docker.io/${HUB}:1`, 'local-private', `REGISTRY.local/team/app:1`];
    // Docker Engine has digests only for pulled images.
    const byDigest = engineName === 'Podman' ? [`${LOCAL}@${digest}`, `${LOCAL}:1@${digest}`] : [];
    for (const name of [...names, 'uim-test/alias:1', ...byDigest]) await expectRuns(owner, name);
  });

  it('does not affect public versions in its repository or uncataloged images', async () => {
    for (const name of [
      'hub-public',
      `${HUB}:2`,
      `docker.io/${HUB}:2`,
      TEST_IMAGE,
      `docker.io/${TEST_IMAGE}`,
    ]) {
      await expectRuns(stranger, name);
    }
    if (engineName !== 'Podman') return;
    const { RepoDigests } = await call<StoredImage>(engine.socket, 'GET', `/images/${HUB}:2/json`);
    for (const name of RepoDigests ?? []) await expectRuns(stranger, name);
  });
});
