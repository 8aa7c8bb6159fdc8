import type { Instance } from '../../src/compute/instances';
import { CatalogDirectory } from '../support/catalog';
import { Engine } from '../support/engine';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

describe('an image named by a tenant', () => {
  const container = new Engine('docker', { types: ['container'], images: 'named' });
  const catalog = new CatalogDirectory([{ id: 'web', docker: { name: 'registry.local/team/app:1' } }]);
  const app = useApp({
    environment: { IMAGES_FILE: catalog.file },
    engines: () => ({ vm: new Engine('qemu', { types: ['vm'], images: 'cataloged' }), container }),
  });
  afterAll(() => catalog.remove());

  it.each([
    '127.0.0.1:5000/x',
    '169.254.169.254/latest/meta-data',
    'localhost/x',
    'localhost:2375/x',
    'registry.internal/team/app:1',
    'registry.local/other/app',
    'docker.io:5000/x',
    'docker.io.example.com/x',
    `registry.internal/x@sha256:${'a'.repeat(64)}`,
  ])('is refused if the operator did not allow its registry: %s', async (imageId) => {
    const refusal = await app.as(newTenant()).post<Instance>('/instances', {
      ...{ name: 'a', flavor: 'small', type: 'container', imageId },
    });

    expectProblem(refusal, { status: 400, code: 'image_not_found' });
    expect(refusal.body).toMatchObject({
      acceptedImages: 'see GET /images, and names of OCI images of docker.io',
    });
    expect(container.made.some((spec) => spec.imageId === imageId)).toBe(false);
  });

  it.each(['nginx', 'Docker.IO/team/app', 'index.docker.io/x', 'registry.local/team/app:1'])(
    'may be in an allowed registry or in a repository of the catalog: %s',
    async (imageId) => {
      await app.as(newTenant()).create({ imageId, type: 'container' });
    },
  );
});
