import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { ManualClock } from '../support/manual-clock';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const NOBODY = '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4';

function pairs(count: number, prefix = 'k'): Record<string, string> {
  const metadata: Record<string, string> = {};
  for (let index = 0; index < count; index++) metadata[`${prefix}${index}`] = 'v';
  return metadata;
}

describe('PATCH /instances/{id}', () => {
  const clock = new ManualClock();
  const app = useApp({ clock });
  let tenant: Client;
  let path: string;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const create = async (metadata: Record<string, string> = {}): Promise<Instance> => {
    const instance = await tenant.createRunning({ name: 'web', metadata });
    path = `/instances/${instance.id}`;
    return instance;
  };

  const metadataAfter = async (metadata: unknown): Promise<unknown> => {
    const { status, body } = await tenant.patch<Instance>(path, { metadata });
    expect(status).toBe(200);
    return body.metadata;
  };

  it('changes only name and metadata', async () => {
    const before = await create({ application: 'nginx' });
    const { status, body, headers } = await tenant.patch<Instance>(path, {
      name: 'web-1',
      metadata: { application: 'caddy', tier: '1' },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      name: 'web-1',
      metadata: { application: 'caddy', tier: '1' },
      version: before.version + 1,
      updatedAt: body.updatedAt,
    });
    expect(body.updatedAt).toBeGreaterThanOrEqual(before.updatedAt);
    expect(headers.get('etag')).toBe(`"${body.version}"`);
    expect((await tenant.get(path)).body).toMatchObject(body);
  });

  it('merges metadata: keeps absent pairs, removes a null value, and null for metadata removes all', async () => {
    await create({ a: '1', b: '2', c: '3' });
    expect(await metadataAfter({ b: null, d: '4', gone: null })).toEqual({ a: '1', c: '3', d: '4' });
    expect(await metadataAfter({})).toEqual({ a: '1', c: '3', d: '4' });
    expect(await metadataAfter({ a: '' })).toEqual({ a: '', c: '3', d: '4' });
    expect(await metadataAfter(null)).toEqual({});
  });

  it('accepts the content type of merge patches', async () => {
    await create();
    const answer = await tenant.patch<Instance>(
      path,
      { name: 'merged' },
      { 'Content-Type': 'application/merge-patch+json' },
    );
    expect([answer.status, answer.body.name]).toEqual([200, 'merged']);
  });

  it('does not change an instance if the patch is empty', async () => {
    const before = await create();
    expect((await tenant.patch(path, {})).body).toEqual(before);
  });

  it('changes an instance in any status, even during an operation', async () => {
    const creating = await tenant.create({ metadata: { 'simulate.createDelayMs': '300' } });
    const patched = await tenant.patch<Instance>(`/instances/${creating.id}`, { name: 'early' });
    expect(patched.body).toMatchObject({ name: 'early', status: 'creating' });
    await clock.passWhenAwaited(300);
    expect(await tenant.reaches(creating.id, 'running')).toMatchObject({ name: 'early' });
    const stopped = await tenant.createStopped();
    expect((await tenant.patch(`/instances/${stopped.id}`, { name: 'late' })).status).toBe(200);
  });

  describe('the limit of 64 pairs', () => {
    it('applies to the merged metadata', async () => {
      const { id } = await create(pairs(64));
      const refused = await tenant.patch(path, { metadata: { more: 'v' } });
      const problem = expectProblem(refused, { status: 400, code: 'validation_failed' });
      expect(problem.errors).toEqual([{ field: 'metadata', message: 'metadata must have at most 64 pairs' }]);
      expect(await metadataAfter({ more: 'v', k0: null })).not.toHaveProperty('k0');
      expect(await metadataAfter({ k1: 'changed' })).toHaveProperty('k1', 'changed');
      expect((await tenant.get<Instance>(`/instances/${id}`)).body.version).toBe(4);
    });

    it('lets one patch replace all 64 pairs by 64 others', async () => {
      await create(pairs(64));
      const removed = Object.fromEntries(Object.keys(pairs(64)).map((key) => [key, null]));
      expect(await metadataAfter({ ...removed, ...pairs(64, 'n') })).toEqual(pairs(64, 'n'));
    });

    it('cannot be exceeded by parallel patches', async () => {
      await create(pairs(60));
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) => tenant.patch(path, { metadata: { [`new${index}`]: 'v' } })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([
        ...Array.from({ length: 4 }, () => 200),
        ...Array.from({ length: 6 }, () => 400),
      ]);
      const { body } = await tenant.get<Instance>(path);
      expect(Object.keys(body.metadata)).toHaveLength(64);
    });
  });

  describe('If-Match', () => {
    const match = (tag: string, body: unknown = { name: 'matched' }) =>
      tenant.patch<Instance>(path, body, { 'If-Match': tag });

    it.each([
      ['the tag', (tag: string) => tag],
      ['*', () => '*'],
      ['a list with the tag', (tag: string) => `"99", ${tag},"98"`],
      ['a list with a weak tag and the tag', (tag: string) => `W/"1", ${tag}`],
    ])('accepts %s', async (_, header) => {
      const { version } = await create();
      const { status, body } = await match(header(`"${version}"`));
      expect([status, body.name, body.version]).toEqual([200, 'matched', version + 1]);
    });

    it.each([
      ['an older tag', '"1"'],
      ['the tag as a weak one, which never matches', 'W/"2"'],
      ['the number without quotes', '2'],
      ['a list without the tag', '"1", "3", W/"2"'],
      ['a tag that this service never made', '"two"'],
      ['a number that is too large', '"99999999999999999999"'],
      ['an empty tag', '""'],
    ])('refuses %s', async (_, header) => {
      const { version, name } = await create();
      expect(version).toBe(2);
      const problem = expectProblem(await match(header), { status: 412, code: 'version_mismatch' });
      expect(problem['version']).toBe(version);
      expectProblem(await match(header, {}), { status: 412 });
      expect((await tenant.get<Instance>(path)).body).toMatchObject({ name, version });
    });

    it('lets exactly one of many writers of the same version succeed', async () => {
      const { version } = await create();
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) => match(`"${version}"`, { name: `writer-${index}` })),
      );
      const winners = answers.filter(({ status }) => status === 200);
      expect(winners).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 412)).toHaveLength(7);
      expect((await tenant.get(path)).body).toMatchObject({ ...winners[0]?.body });
    });
  });

  it('applies parallel patches without losing any', async () => {
    const { version } = await create({ kept: 'yes' });
    const keys = Array.from({ length: 20 }, (_, index) => `writer${index}`);
    const answers = await Promise.all(keys.map((key) => tenant.patch(path, { metadata: { [key]: key } })));
    expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 200));
    const { body } = await tenant.get<Instance>(path);
    expect(body.metadata).toEqual({ kept: 'yes', ...Object.fromEntries(keys.map((key) => [key, key])) });
    expect(body.version).toBe(version + 20);
  });

  it('refuses unknown instances and those of other tenants', async () => {
    const { version, id } = await create();
    const other = app.as(newTenant());
    const denied = { status: 403, code: 'access_denied', detail: 'Access denied' };
    const tags: readonly Record<string, string>[] = [{}, { 'If-Match': '*' }, { 'If-Match': '"1"' }];
    for (const tag of tags) {
      expectProblem(await other.patch(path, { name: 'taken' }, tag), denied);
      expectProblem(await other.patch(path, { metadata: pairs(64) }, tag), denied);
      expectProblem(await other.patch(path, {}, tag), denied);
      const missing = { status: 404, code: 'instance_not_found', detail: 'Instance not found' };
      expectProblem(await tenant.patch(`/instances/${NOBODY}`, { name: 'taken' }, tag), missing);
    }
    expect((await tenant.get<Instance>(`/instances/${id}`)).body.version).toBe(version);
  });

  it('acts for the tenant default without a tenant header', async () => {
    const { id } = await app.as('default').create();
    const anonymous = { 'X-Tenant-ID': undefined };
    expect((await tenant.patch(`/instances/${id}`, { name: 'mine' }, anonymous)).status).toBe(200);
    expectProblem(await tenant.patch(`/instances/${id}`, { name: 'mine' }), { status: 403 });
  });
});
