import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { anInstanceSpec, callFor } from '../../../../test/support/builders';
import { parseImageName } from '../../port/image-name';
import type { ImageCheck } from '../../port/driver-call';
import { DockerEngine } from '../engine/docker.engine';
import { DockerImages } from './docker.images';
import { DockerConfig } from '../docker.config';

const ID = `sha256:${'0c'.repeat(32)}`;
const DIGEST = `sha256:${'0d'.repeat(32)}`;

describe('images in a container engine', () => {
  let server: Server;
  let stored: object | undefined;
  let isCutOff: boolean;
  let pulls: { readonly query: string; readonly auth: string | undefined }[];

  beforeEach(async () => {
    stored = undefined;
    isCutOff = false;
    pulls = [];
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://engine');
      if (url.pathname === '/images/create') {
        const header = request.headers['x-registry-auth'];
        const auth = typeof header === 'string' ? Buffer.from(header, 'base64').toString() : undefined;
        pulls.push({ query: url.searchParams.toString(), auth });
        if (isCutOff) response.write('{}\n', () => response.destroy());
        else response.end('{}\n');
        return;
      }
      response.writeHead(stored ? 200 : 404, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(stored ?? { message: `No such image: ${url.pathname}` }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const imagesWith = (settings: Readonly<Record<string, string>> = {}): DockerImages => {
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('the engine does not listen');
    const docker = new DockerConfig({ DOCKER_HOST: `tcp://127.0.0.1:${bound.port}`, ...settings });
    return new DockerImages(new DockerEngine(docker), docker);
  };
  const resolved = (imageId: string, imageCheck: ImageCheck | null): Promise<string> => {
    const images = imagesWith({ DOCKER_PULL: 'never' });
    const call = callFor(anInstanceSpec({ imageId }), { imageCheck });
    return images.resolve(images.of(call.instance), call);
  };

  it.each([
    ['docker.io', 'debian'],
    ['index.docker.io', 'library/debian:latest'],
    ['docker.io', 'Index.docker.io/debian'],
  ])(
    'are pulled from Docker Hub under one name, with the credentials for %s: %s',
    async (registry, imageId) => {
      const images = imagesWith({
        DOCKER_REGISTRY: registry,
        DOCKER_REGISTRY_USER: 'robot',
        DOCKER_REGISTRY_PASSWORD: 'secret',
      });
      const call = callFor(anInstanceSpec({ imageId }));
      await images.pull(images.of(call.instance), call);
      expect(pulls).toMatchObject([{ query: 'fromImage=docker.io%2Flibrary%2Fdebian&tag=latest' }]);
      expect(pulls[0]?.auth).toContain('"username":"robot"');
    },
  );

  it.each(['registry.local/debian', 'docker.io:5000/debian', 'docker.io.evil.example/debian'])(
    'are pulled without the credentials for another registry: %s',
    async (imageId) => {
      const images = imagesWith({
        DOCKER_REGISTRY: 'docker.io',
        DOCKER_REGISTRY_USER: 'robot',
        DOCKER_REGISTRY_PASSWORD: 'secret',
      });
      const call = callFor(anInstanceSpec({ imageId }));
      await images.pull(images.of(call.instance), call);
      expect(pulls).toMatchObject([{ auth: undefined }]);
    },
  );

  it('are not pulled if the response of the engine is cut off', async () => {
    isCutOff = true;
    const images = imagesWith();
    const call = callFor(anInstanceSpec({ imageId: 'debian' }));
    await expect(images.pull(images.of(call.instance), call)).rejects.toMatchObject({ retryable: true });
  });

  it('are used by name if the tenant may run all images', async () => {
    expect(await resolved('app', null)).toBe('docker.io/library/app:latest');
  });

  it('are checked under all their names, and used by the id that was checked', async () => {
    stored = { Id: ID, RepoTags: ['app:1', 'registry.local/b:2'], RepoDigests: [`app@${DIGEST}`] };
    const checked: string[] = [];
    const check: ImageCheck = (names) => {
      checked.push(...names.map(({ name }) => name));
      return true;
    };
    expect(await resolved('app:1', check)).toBe(ID);
    expect(checked).toEqual([
      'docker.io/library/app:1',
      'registry.local/b:2',
      `docker.io/library/app@${DIGEST}`,
    ]);
    expect(checked.map(parseImageName)).not.toContain(undefined);
  });

  it.each([
    ['missing', 'app:1', undefined],
    ['found by a part of its name', 'app:1', { Id: ID, RepoTags: ['registry.local/team/app:1'] }],
    ['found by its id', 'cafe12', { Id: ID, RepoTags: ['registry.local/team/app:1'] }],
    ['of other tenants', 'app:1', { Id: ID, RepoTags: ['app:1', 'registry.local/team/app:1'] }],
    [
      'found by its digest in another repository',
      `any/other@${DIGEST}`,
      { Id: ID, RepoDigests: [`registry.local/team/app@${DIGEST}`] },
    ],
    ['without a name any longer', `any/other@${DIGEST}`, { Id: ID, RepoTags: null, RepoDigests: [] }],
  ])('are rejected with the same error if the image is %s', async (_, imageId, found) => {
    stored = found;
    // Only this image is private.
    const check: ImageCheck = (names) =>
      !names.some(({ repository }) => repository === 'registry.local/team/app');
    const refusal = resolved(imageId, check);
    await expect(refusal).rejects.toMatchObject({ retryable: false });
    await expect(refusal).rejects.toThrow(/^The engine does not have the image \S+, and pulling is disabled/);
  });

  it.each([
    ['if all images are allowed', null],
    ['if this one is allowed', () => true],
  ])('of snapshots are rejected like missing ones, %s', async (_, check) => {
    stored = { Id: ID, RepoTags: ['app:1'], Config: { Labels: { 'uim.snapshot-id': 'any' } } };
    const refusal = resolved('app:1', check);
    await expect(refusal).rejects.toThrow(/^The engine does not have the image \S+, and pulling is disabled/);
    const images = imagesWith();
    const call = callFor(anInstanceSpec({ imageId: 'app:1' }), { imageCheck: check });
    await expect(images.resolve(images.of(call.instance), call)).rejects.toThrow(
      /was not found in its registry$/,
    );
    expect(pulls).toHaveLength(1);
  });
});
