import { Database } from '../../src/platform/database';
import { newId } from '../../src/platform/values/uuid';
import { CatalogDirectory } from '../support/catalog';
import type { ApiResponse, Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { Snapshots, WAIT } from '../support/snapshots';
import { newTenant, useApp } from '../support/use-app';

interface Image {
  readonly id: string;
  readonly types: readonly string[];
  readonly snapshotId: string | null;
}

interface Listing {
  readonly images: readonly Image[];
  readonly nextPageToken?: string;
}

const LIMIT = 20;
const CATALOG = [
  { id: 'debian', name: 'Debian', defaultUser: 'debian', minimal: { vcpus: 1, ramGB: 1, diskGB: 5 } },
  { id: 'private', tenants: ['somebody-else'] },
  ...['c1', 'c3', 'c5', 'repo/c:1'].map((id) => ({ id })),
];

describe('images of tenants', () => {
  const catalog = new CatalogDirectory(CATALOG);
  const app = useApp({ environment: { IMAGES_FILE: catalog.file, IMAGES_PER_TENANT: String(LIMIT) } });
  let tenant: Client;
  let snapshots: Snapshots;
  let snapshotId: string;

  afterAll(() => catalog.remove());
  beforeEach(async () => {
    tenant = app.as(newTenant());
    snapshots = new Snapshots(tenant);
    snapshotId = (await snapshots.taken((await tenant.createRunning({ imageId: 'debian' })).id)).id;
  });

  const publish = <T = Image>(request: object = {}, headers = {}): Promise<ApiResponse<T>> =>
    tenant.post<T>('/images', { snapshotId, id: 'golden', name: 'Golden', ...request }, headers);
  const published = async (id: string): Promise<void> => {
    expect((await publish({ id })).status).toBe(201);
  };
  const idsOf = async (query = '', as = tenant): Promise<readonly string[]> =>
    (await as.get<Listing>(`/images${query}`)).body.images.map(({ id }) => id);

  describe('publishing', () => {
    it('makes an image that the tenant finds beside the catalog', async () => {
      const { status, body, headers } = await publish({ description: 'Hardened' });
      expect([status, headers.get('location')]).toEqual([201, '/api/v1/compute/images/golden']);
      expect(body).toEqual({
        ...{ id: 'golden', name: 'Golden', description: 'Hardened', snapshotId, types: ['vm'] },
        ...{ defaultUser: 'debian', minimal: { vcpus: 1, ramGB: 1, diskGB: 10 } },
      });
      expect((await tenant.get('/images/golden')).body).toEqual(body);
      const { images } = (await tenant.get<Listing>('/images')).body;
      expect(images).toContainEqual(body);
      expect(images).toContainEqual(expect.objectContaining({ id: 'debian', snapshotId: null }));
      expect((await tenant.get<Image>('/images/repo%2Fc:1')).body.id).toBe('repo/c:1');
    });

    it('with a key is repeated with the same response', async () => {
      const headers = { 'Idempotency-Key': 'one' };
      const first = await publish({}, headers);
      await tenant.delete('/images/golden');
      const again = await publish({}, headers);
      expect([again.status, again.text]).toEqual([201, first.text]);
      expect(again.headers.get('location')).toBe('/api/v1/compute/images/golden');
      expectProblem(await tenant.get('/images/golden'), { status: 404, code: 'unknown_image' });
      expectProblem(await publish({ id: 'other' }, headers), { status: 422, code: 'idempotency_key_reused' });
    });

    it('needs an available snapshot of the tenant, and a free ID', async () => {
      await published('golden');
      const failing = await tenant.createRunning({ metadata: { 'simulate.snapshotError': 'no' } });
      const broken = (await snapshots.take(failing.id)).body;
      const refusals = [
        [{ snapshotId: newId(), id: 'a' }, 404, 'snapshot_not_found'],
        [{ snapshotId: broken.id, id: 'a' }, 409, 'snapshot_not_available'],
        [{ id: 'golden' }, 409, 'image_exists'],
        [{ id: 'debian' }, 409, 'image_exists'],
        ...['', 'a/b', 'a:b', 'a@b', 'a..b', '-a', '.a', 'a\n', 'ä', 'a'.repeat(256), 1].map(
          (id) => [{ id }, 400, 'validation_failed'] as const,
        ),
        [{ id: 'a', snapshotId: 'one' }, 400, 'validation_failed'],
        [{ id: 'a', name: '' }, 400, 'validation_failed'],
        [{ id: 'a', description: 'x'.repeat(1001) }, 400, 'validation_failed'],
        [{ id: 'a', tenantId: 'other' }, 400, 'validation_failed'],
      ] as const;
      for (const [request, status, code] of refusals) expectProblem(await publish(request), { status, code });
      expect((await idsOf()).filter((id) => !CATALOG.some((each) => each.id === id))).toEqual(['golden']);
    });

    it('makes exactly as many images as a tenant may have, and one of each ID, for requests in parallel', async () => {
      const ids = Array.from({ length: LIMIT + 10 }, (_, index) => `image-${index}`);
      const same = await Promise.all(Array.from({ length: 10 }, () => publish({ id: 'same' })));
      expect(same.filter(({ status }) => status === 201)).toHaveLength(1);
      for (const answer of same.filter(({ status }) => status !== 201))
        expectProblem(answer, { status: 409, code: 'image_exists' });
      const answers = await Promise.all(ids.map((id) => publish({ id })));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(LIMIT - 1);
      for (const answer of answers.filter(({ status }) => status !== 201))
        expectProblem(answer, {
          ...{ status: 409, code: 'too_many_images' },
          detail: `The tenant has reached its limit of ${LIMIT} images`,
        });
      await tenant.delete('/images/same');
      await published('next');
    });
  });

  describe('lists', () => {
    it('are merged from the catalog and the tenant, page by page', async () => {
      for (const id of ['a', 'c2', 'c4', 'Z', 'd', 'z9']) await published(id);
      const all = ['Z', 'a', 'c1', 'c2', 'c3', 'c4', 'c5', 'd', 'debian', 'repo/c:1', 'z9'];
      for (const limit of [1, 2, 3, 5, all.length, 100]) {
        const seen: string[] = [];
        let query = `?limit=${limit}`;
        for (;;) {
          const { body } = await tenant.get<Listing>(`/images${query}`);
          expect(body.images.length).toBeLessThanOrEqual(limit);
          seen.push(...body.images.map(({ id }) => id));
          if (body.nextPageToken === undefined) break;
          query = `?limit=${limit}&pageToken=${body.nextPageToken}`;
        }
        expect(seen).toEqual(all);
      }
      const zero = Buffer.from('a\0').toString('base64url');
      expectProblem(await tenant.get(`/images?pageToken=${zero}`), {
        status: 400,
        code: 'invalid_page_token',
      });
    });

    it('show the image of the catalog if an operator adds the same ID later', async () => {
      await published('golden');
      catalog.replace([...CATALOG, { id: 'golden', name: 'Of the operator' }]);
      await eventually(async () => {
        expect((await tenant.get('/images/golden')).body).toMatchObject({ snapshotId: null });
      });
      expect((await idsOf()).filter((id) => id === 'golden')).toEqual(['golden']);
      const { body } = await snapshots.clone({ imageId: 'golden' });
      expect(body.imageId).toBe('golden');
      // The own one still keeps the snapshot, and can be deleted.
      expectProblem(await tenant.delete(`/snapshots/${snapshotId}`), { status: 409 });
      expect((await tenant.delete('/images/golden')).status).toBe(204);
      expectProblem(await tenant.delete('/images/golden'), { status: 409, code: 'image_in_catalog' });
      catalog.replace(CATALOG);
      await eventually(async () => {
        expectProblem(await tenant.get('/images/golden'), { status: 404, code: 'unknown_image' });
      });
    });
  });

  describe('the snapshot of an image', () => {
    it('cannot be deleted before its images are, which does not affect instances', async () => {
      await published('golden');
      await published('silver');
      const made = await snapshots.clone({ imageId: 'golden' }, WAIT);
      for (const id of ['golden', 'silver']) {
        const problem = expectProblem(await tenant.delete(`/snapshots/${snapshotId}`), {
          ...{ status: 409, code: 'snapshot_published' },
          detail: `The snapshot was published as the image ${id}`,
        });
        expect(problem).toMatchObject({ imageId: id, retryable: false });
        expectProblem(await tenant.delete(`/snapshots/${snapshotId}?dryRun=true`), { status: 409 });
        expect((await tenant.delete(`/images/${id}`)).status).toBe(204);
      }
      expect((await tenant.delete(`/snapshots/${snapshotId}`)).status).toBe(204);
      expect((await tenant.details(made.body.id)).status).toBe('running');
    });

    it('is deleted after it has expired, once the image is', async () => {
      const { instanceId } = await snapshots.read(snapshotId);
      const other = await snapshots.taken(instanceId);
      await published('golden');
      // As if the time had passed: a request cannot set a time in the past.
      await app.running.app.get(Database).query({
        name: 'test expire',
        text: `UPDATE snapshots SET expires_at = now() - interval '1 day' WHERE id = ANY($1::uuid[])`,
        values: [[snapshotId, other.id]],
      });
      await eventually(async () => {
        expectProblem(await tenant.get(`/snapshots/${other.id}`), { status: 404 });
      });
      expect((await snapshots.read(snapshotId)).status).toBe('available');
      await tenant.delete('/images/golden');
      await eventually(async () => {
        expectProblem(await tenant.get(`/snapshots/${snapshotId}`), { status: 404 });
      });
    });

    it('is either published or deleted if both are requested at the same time', async () => {
      const { instanceId } = await snapshots.read(snapshotId);
      for (let round = 0; round < 15; round++) {
        const { id } = await snapshots.taken(instanceId);
        const image = `race-${round}`;
        const [made, deleted] = await Promise.all([
          publish({ id: image, snapshotId: id }),
          tenant.delete(`/snapshots/${id}`),
        ]);
        if (made.status === 201) {
          expectProblem(deleted, { status: 409, code: 'snapshot_published' });
          expect((await tenant.get(`/images/${image}`)).body).toMatchObject({ snapshotId: id });
          expect((await snapshots.read(id)).status).toBe('available');
        } else {
          expect(deleted.status).toBe(204);
          expect(made.text).toMatch(/"code":"snapshot_not_(found|available)"/);
          expectProblem(await tenant.get(`/images/${image}`), { status: 404 });
        }
      }
    });
  });

  describe('other tenants', () => {
    it('neither see, use, change nor publish them', async () => {
      await published('golden');
      const stranger = app.as(newTenant());
      expect(await idsOf('', stranger)).not.toContain('golden');
      expectProblem(await stranger.get('/images/golden'), { status: 404, code: 'unknown_image' });
      expectProblem(await stranger.get('/images/private'), { status: 404, code: 'unknown_image' });
      expectProblem(await stranger.delete('/images/golden'), { status: 404, code: 'unknown_image' });
      const theirs = await new Snapshots(stranger).clone({ imageId: 'golden' }, WAIT);
      expect((await stranger.operationsOf(theirs.body.id))[0]).toMatchObject({ snapshotId: null });
      const stolen = await stranger.post('/images', { snapshotId, id: 'golden', name: 'Mine' });
      expectProblem(stolen, { status: 404, code: 'snapshot_not_found' });
      // The same ID is free for them.
      const own = await new Snapshots(stranger).taken(theirs.body.id);
      const request = { snapshotId: own.id, id: 'golden', name: 'Mine' };
      expect((await stranger.post('/images', request)).status).toBe(201);
      expect((await tenant.get('/images/golden')).body).toMatchObject({ snapshotId, name: 'Golden' });
    });

    it('may use the ID of an image of the catalog that they cannot see', async () => {
      await published('private');
      const { body } = await snapshots.clone({ imageId: 'private' }, WAIT);
      expect((await tenant.operationsOf(body.id))[0]).toMatchObject({ snapshotId });
    });
  });

  it('of the catalog cannot be deleted, and those that do not exist neither', async () => {
    for (const id of ['debian', 'repo%2Fc:1'])
      expectProblem(await tenant.delete(`/images/${id}`), { status: 409, code: 'image_in_catalog' });
    for (const id of ['private', 'golden', 'a%2Fb', '%00', '..%2F..'])
      expectProblem(await tenant.delete(`/images/${id}`), { status: 404, code: 'unknown_image' });
    expectProblem(await tenant.get('/images/%00'), { status: 404, code: 'unknown_image' });
  });
});
