import type { Instance } from '../../src/compute/instances';
import { CatalogDirectory } from '../support/catalog';
import type { ApiResponse, Client } from '../support/client';
import { Engine } from '../support/engine';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('a private image in a repository that also has a public one', () => {
  const catalog = new CatalogDirectory([
    { id: 'private', tenants: ['owner'], docker: { name: 'team/app:1' } },
    { id: 'public', docker: { name: 'index.docker.io/team/app:2' } },
    { id: 'pinned', tenants: ['owner'], docker: { name: `registry.local/pinned:1@${DIGEST}` } },
  ]);
  const container = new Engine('docker', { types: ['container'], images: 'named' });
  const app = useApp({
    environment: { IMAGES_FILE: catalog.file, IMAGES_REGISTRIES: 'docker.io,mirror.local' },
    engines: () => ({ vm: new Engine('qemu', { types: ['vm'], images: 'cataloged' }), container }),
  });
  let stranger: Client;
  let owner: Client;
  afterAll(() => catalog.remove());
  beforeEach(() => {
    stranger = app.as(newTenant());
    owner = app.as('owner');
  });

  const post = (client: Client, imageId: string, query = ''): Promise<ApiResponse<Instance>> =>
    client.post<Instance>(`/instances${query}`, { name: 'a', flavor: 'small', type: 'container', imageId });

  it.each(['', 'docker.io/', 'index.docker.io/', 'Index.Docker.io/', 'registry-1.docker.io/'])(
    'is available to its owner only, under names that begin with "%s"',
    async (registry) => {
      for (const version of [':1', ':3', '']) {
        for (const query of ['', '?dryRun=true']) {
          const refusal = await post(stranger, `${registry}team/app${version}`, query);
          expectProblem(refusal, { status: 400, code: 'image_not_found' });
        }
      }
      expect((await post(stranger, `${registry}team/app:2`)).status).toBe(201);
      for (const version of [':1', ':2']) {
        expect((await post(owner, `${registry}team/app${version}`)).status).toBe(201);
      }
    },
  );

  it('is available to its owner only under its pinned digest, in every repository', async () => {
    for (const repository of [
      'registry.local/pinned',
      'registry.local/pinned:1',
      'mirror.local/copy',
      'other',
    ]) {
      const refusal = await post(stranger, `${repository}@${DIGEST}`);
      expectProblem(refusal, { status: 400, code: 'image_not_found' });
      expect((await post(owner, `${repository}@${DIGEST}`)).status).toBe(201);
    }
  });

  it('leaves the decision to the driver if it depends on the image content', async () => {
    const { id } = await stranger.createRunning({
      type: 'container',
      imageId: `team/app@sha256:${'b'.repeat(64)}`,
    });
    expect(container.made.find((spec) => spec.id === id)?.image).toBeNull();
  });
});
