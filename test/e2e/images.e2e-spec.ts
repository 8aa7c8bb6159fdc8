import { symlinkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instance } from '../../src/compute/instances';
import { CatalogDirectory } from '../support/catalog';
import type { ApiResponse, Client } from '../support/client';
import { Engine } from '../support/engine';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

interface Listing {
  readonly images: readonly { readonly id: string; readonly types: readonly string[] }[];
  readonly nextPageToken?: string;
}

interface Ready {
  readonly status: string;
  readonly checks: Readonly<Record<string, { status: string; detail?: string }>>;
}

const DISK = { disk: { file: 'debian-12.qcow2', format: 'qcow2' } };
const DOCKER = { name: 'registry.local/team/app:1' };
const TOO_LARGE = 8 * 1024 * 1024 + 1;
const NOTHING = { vcpus: 0, ramGB: 0, diskGB: 0 };

const idsOf = ({ body }: ApiResponse<Listing>): readonly string[] => body.images.map(({ id }) => id);
const none = { images: [] };

describe('GET /images', () => {
  const catalog = new CatalogDirectory([
    { id: 'debian-12', name: 'Debian 12', defaultUser: 'debian', minimal: { diskGB: 8 }, qemu: DISK },
    { id: 'app/web:1', description: 'The shop', tenants: ['shop', 'shop-test'], docker: DOCKER },
    { id: 'both', qemu: DISK, docker: DOCKER },
    { id: 'nobody-has-it', tenants: [], qemu: DISK },
    { id: 'for-no-engine' },
  ]);
  const app = useApp({
    environment: { IMAGES_FILE: catalog.file },
    engines: () => ({
      vm: new Engine('qemu', { types: ['vm'], images: 'cataloged' }),
      container: new Engine('docker', { types: ['container'], images: 'named' }),
    }),
  });
  afterAll(() => catalog.remove());

  it('lists the catalog by ID with instance types but without locations', async () => {
    const { status, body, text } = await app.as('shop').get<Listing>('/images');
    expect(status).toBe(200);
    const plain = { description: '', defaultUser: null, minimal: NOTHING, snapshotId: null };
    expect(body).toEqual({
      images: [
        { ...plain, id: 'app/web:1', name: 'app/web:1', description: 'The shop', types: ['container'] },
        { ...plain, id: 'both', name: 'both', types: ['vm', 'container'] },
        {
          ...plain,
          ...{ id: 'debian-12', name: 'Debian 12', defaultUser: 'debian' },
          ...{ types: ['vm'], minimal: { ...NOTHING, diskGB: 8 } },
        },
        { ...plain, id: 'for-no-engine', name: 'for-no-engine', types: [] },
      ],
    });
    expect(text).not.toMatch(/qcow2|registry\.local|tenants|shop-test|images-/);
  });

  it.each(['shop-', 'Shop', 'stranger', 'default'])(
    'hides images of other tenants from %s',
    async (tenantId) => {
      expect(idsOf(await app.as(tenantId).get<Listing>('/images'))).toEqual([
        'both',
        'debian-12',
        'for-no-engine',
      ]);
    },
  );

  it('returns pages', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/api/v1/compute/images?limit=2';
    while (path !== undefined) {
      const page: ApiResponse<Listing> = await app
        .as('')
        .request(path, { headers: { 'X-Tenant-ID': 'shop' } });
      seen.push(...idsOf(page));
      path = /^<(.+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
      expect(path === undefined).toBe(page.body.nextPageToken === undefined);
    }
    expect(seen).toEqual(['app/web:1', 'both', 'debian-12', 'for-no-engine']);
  });

  it.each([
    'limit=0',
    'limit=1001',
    'limit=x',
    'pageToken=%20',
    'pageToken=a',
    `pageToken=${'A'.repeat(341)}`,
    'tenant=x',
    'pageToken=__8',
    'pageToken=',
  ])('refuses ?%s', async (query) => {
    const { code } = expectProblem(await app.as('shop').get(`/images?${query}`), { status: 400 });
    expect(code).toMatch(/^(validation_failed|invalid_page_token)$/);
  });
});

describe('an instance with an image', () => {
  const vm = new Engine('qemu', { types: ['vm'], images: 'cataloged' });
  const container = new Engine('docker', { types: ['container'], images: 'named' });
  const catalog = new CatalogDirectory([
    { id: 'debian-12', defaultUser: 'debian', qemu: DISK },
    { id: 'large', minimal: { vcpus: 2, ramGB: 1, diskGB: 40 }, qemu: DISK },
    { id: 'private', tenants: ['tenant-of-private'], qemu: DISK, docker: DOCKER },
    { id: 'web', docker: DOCKER },
    { id: 'secret', tenants: ['tenant-of-private'], docker: { name: 'registry.local/secret/app:1' } },
  ]);
  const app = useApp({ environment: { IMAGES_FILE: catalog.file }, engines: () => ({ vm, container }) });
  let tenant: Client;
  afterAll(() => catalog.remove());
  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const post = (request: object, dryRun = ''): Promise<ApiResponse<Instance>> =>
    tenant.post<Instance>(`/instances${dryRun}`, { name: 'a', flavor: 'small', ...request });

  it('is created with the catalog entry of its image', async () => {
    const { id } = await tenant.createRunning({ imageId: 'debian-12', userData: '#cloud-config' });
    expect(vm.made.find((spec) => spec.id === id)).toMatchObject({
      imageId: 'debian-12',
      image: {
        kind: 'disk',
        file: join(catalog.path, 'debian-12.qcow2'),
        format: 'qcow2',
        sha256: null,
        firmware: 'bios',
        defaultUser: 'debian',
      },
      guest: { userData: '#cloud-config', command: [], env: {}, ports: [], sshKeys: [] },
    });
  });

  it('is created by the container engine from the image name in the catalog or the request', async () => {
    const ours = await tenant.createRunning({ type: 'container', imageId: 'web' });
    const theirs = await tenant.createRunning({ type: 'container', imageId: 'docker.io/library/nginx:1' });
    const imageOf = (id: string) => container.made.find((spec) => spec.id === id)?.image;
    expect(imageOf(ours.id)).toEqual({ kind: 'name', ...DOCKER });
    expect(imageOf(theirs.id)).toBeNull();
  });

  it('is refused to other tenants if the image is private', async () => {
    const owner = app.as('tenant-of-private');
    await owner.create({ imageId: 'private' });
    await owner.create({ imageId: 'private', type: 'container' });
    for (const type of ['vm', 'container']) {
      const refusal = await post({ imageId: 'private', type });
      expectProblem(refusal, { status: 400, code: 'image_not_found', detail: 'Image not found' });
      const unknown = await post({ imageId: type === 'vm' ? 'no-such' : 'No-Such', type });
      // The same, except for the request ID.
      const told = ({ body }: ApiResponse<object>) => ({ ...body, requestId: '' });
      expect(told(unknown)).toEqual(told(refusal));
    }
  });

  it.each(['registry.local/secret/app:1', 'registry.local/secret/app', 'Registry.local/secret/app:2'])(
    'is refused to other tenants under the registry name of a private image: %s',
    async (imageId) => {
      expectProblem(await post({ imageId, type: 'container' }), { status: 400, code: 'image_not_found' });
      await app.as('tenant-of-private').create({ imageId, type: 'container' });
      await tenant.create({ imageId: 'docker.io/secret/app:1', type: 'container' });
    },
  );

  it.each([
    ['vm', 'web'],
    ['vm', 'docker.io/library/debian:12'],
    ['vm', '../../etc/passwd'],
    ['vm', 'a/../../b'],
    ['vm', '/etc/shadow'],
    ['vm', '__proto__'],
    ['vm', 'constructor'],
    ['container', 'debian-12'],
    ['container', '../../etc/passwd'],
    ['container', 'a/../../b'],
    ['container', 'debian --privileged'],
    ['container', 'debian\n'],
    ['container', 'debian?fromSrc=http://evil'],
    ['container', `sha256:${'a'.repeat(64)}`],
    ['container', 'sha256:abcdef123456'],
    ['container', '__proto__'],
  ])('is refused for a %s with the image %j', async (type, imageId) => {
    for (const dryRun of ['', '?dryRun=true']) {
      const refusal = await post({ type, imageId }, dryRun);
      expectProblem(refusal, { status: 400, code: 'image_not_found', detail: 'Image not found' });
      expect(refusal.body).toHaveProperty('acceptedImages', expect.stringMatching(/^see GET \/images/));
    }
    expect((await tenant.get('/instances')).body).toEqual({ instances: [] });
  });

  it.each(['vm', 'container'])('is refused without an image: %s', async (type) => {
    for (const imageId of [undefined, '']) {
      const [refusal, dryRun] = [
        await post({ type, imageId }),
        await post({ type, imageId }, '?dryRun=true'),
      ];
      const detail = 'imageId is required; GET /images lists the available images';
      expectProblem(refusal, { status: 400, code: 'image_required', detail });
      expectProblem(dryRun, { status: 400, code: 'image_required', detail });
      expect(refusal.body).toHaveProperty('acceptedImages', expect.stringMatching(/^see GET \/images/));
    }
  });

  it('needs a flavor that is large enough for the image', async () => {
    for (const dryRun of ['', '?dryRun=true']) {
      const refusal = await post({ imageId: 'large' }, dryRun);
      const detail = 'Flavor is too small for the image: 1 vcpus, 2 needed; 10 diskGB, 40 needed';
      expectProblem(refusal, { status: 400, code: 'flavor_too_small', detail });
      expect(refusal.body).toHaveProperty('minimal', { vcpus: 2, ramGB: 1, diskGB: 40 });
    }
    expectProblem(await post({ imageId: 'large', flavor: 'no' }), { status: 400, code: 'invalid_flavor' });
    expect((await post({ imageId: 'large', flavor: 'medium' })).status).toBe(201);
  });
});

describe('the catalog file', () => {
  const catalog = new CatalogDirectory([{ id: 'first' }]);
  const app = useApp({ environment: { IMAGES_FILE: catalog.file } });
  const tenant = () => app.as('anybody');
  const lists = (...ids: readonly string[]): Promise<void> =>
    eventually(async () => expect(idsOf(await tenant().get<Listing>('/images'))).toEqual(ids));
  const ready = async (): Promise<Ready> => (await tenant().request<Ready>('/health/ready')).body;
  afterAll(() => catalog.remove());

  it('is reloaded when it is written, replaced or relinked', async () => {
    await lists('first');
    catalog.write([{ id: 'first' }, { id: 'second' }]);
    await lists('first', 'second');
    catalog.replace([{ id: 'third' }]);
    await lists('third');
    // Like a ConfigMap volume: a link to a file below a link that is swapped.
    const version = (name: string, images: readonly object[]): void => {
      mkdirSync(join(catalog.path, name));
      writeFileSync(join(catalog.path, name, 'images.json'), JSON.stringify({ images }));
      symlinkSync(name, join(catalog.path, '..new'));
      renameSync(join(catalog.path, '..new'), join(catalog.path, '..data'));
    };
    version('v1', [{ id: 'fourth' }]);
    rmSync(catalog.file);
    symlinkSync(join('..data', 'images.json'), catalog.file);
    await lists('fourth');
    version('v2', [{ id: 'fifth' }]);
    await lists('fifth');
    expect((await ready()).checks['images']).toEqual({ status: 'up', detail: '1 images' });
  });

  it('is ignored while invalid, with degraded readiness', async () => {
    catalog.replace([{ id: 'good' }]);
    await lists('good');
    const isDegraded = (): Promise<void> =>
      eventually(async () => {
        const { status, checks } = await ready();
        expect([status, checks['images']?.status]).toEqual(['degraded', 'down']);
        expect(checks['images']?.detail).toContain('still using its previous 1 images');
      });
    const bad = [
      '{"images":[{"id":"secret-member","x":1}]}',
      '{',
      Buffer.from([0xff]),
      'x'.repeat(TOO_LARGE),
    ];
    for (const text of bad) {
      catalog.writeText(text);
      await isDegraded();
      expect(idsOf(await tenant().get<Listing>('/images'))).toEqual(['good']);
      expect(JSON.stringify(await ready())).not.toMatch(/secret-member|images-|unknown/);
      catalog.replace([{ id: 'good' }]);
      await eventually(async () => expect((await ready()).status).toBe('ready'));
    }
    rmSync(catalog.file);
    await isDegraded();
    mkdirSync(catalog.file);
    await isDegraded();
    expect(idsOf(await tenant().get<Listing>('/images'))).toEqual(['good']);
    rmSync(catalog.file, { recursive: true });
    catalog.write([]);
    await lists();
    expect((await ready()).status).toBe('ready');
  });
});

describe('without a catalog', () => {
  const app = useApp();

  it('the list of images is empty and imageId is not checked', async () => {
    const tenant = app.as(newTenant());
    expect((await tenant.get('/images')).body).toEqual(none);
    await tenant.create({ imageId: '../../etc/passwd' });
    expect((await tenant.request<Ready>('/health/ready')).body.checks).not.toHaveProperty('images');
  });
});
