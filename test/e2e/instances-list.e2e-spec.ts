import { toPageToken } from '../../src/platform/values/paging';
import type { Instance } from '../../src/compute/instances';
import type { ApiResponse, Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { withTitles } from '../support/with-titles';
import { newTenant, useApp } from '../support/use-app';

interface Listing {
  readonly instances: readonly Instance[];
  readonly nextPageToken?: string;
}

/** Keeps an instance in `creating` for the whole test. */
const KEEP_CREATING = { 'simulate.createDelayMs': '3600000' };

const namesOf = ({ body }: ApiResponse<Listing>): readonly string[] => body.instances.map(({ name }) => name);

describe('GET /instances', () => {
  const app = useApp();

  const list = (tenant: Client, query = ''): Promise<ApiResponse<Listing>> =>
    tenant.get<Listing>(`/instances${query === '' ? '' : `?${query}`}`);

  it('returns an empty list for a tenant without instances', async () => {
    const { status, body, headers } = await list(app.as(newTenant()));
    expect([status, body, headers.get('link')]).toEqual([200, { instances: [] }, null]);
  });

  it('lists the newest first, each in the same form as GET /instances/{id}', async () => {
    const tenant = app.as(newTenant());
    for (const name of ['first', 'second', 'third']) await tenant.createRunning({ name });
    const answer = await list(tenant);
    expect(namesOf(answer)).toEqual(['third', 'second', 'first']);
    for (const instance of answer.body.instances) {
      expect((await tenant.get(`/instances/${instance.id}`)).body).toMatchObject(instance);
    }
  });

  it('lists only instances of the tenant, or of default without a tenant header', async () => {
    const [one, other] = [app.as(newTenant()), app.as(newTenant())];
    await one.create({ name: 'mine' });
    await other.create({ name: 'theirs' });
    expect(namesOf(await list(one))).toEqual(['mine']);
    await app.as('default').create({ name: 'of-nobody' });
    const anonymous = await one.get<Listing>('/instances', { 'X-Tenant-ID': undefined });
    expect(namesOf(anonymous)).toEqual(['of-nobody']);
  });

  describe('filters', () => {
    let tenant: Client;

    beforeAll(async () => {
      tenant = app.as(newTenant());
      await tenant.create({
        name: 'a',
        type: 'vm',
        flavor: 'small',
        metadata: { env: 'prod', ...KEEP_CREATING },
      });
      await tenant.createRunning({
        name: 'b',
        type: 'container',
        flavor: 'small',
        metadata: { env: 'prod' },
      });
      await tenant.createStopped({
        name: 'c',
        type: 'vm',
        flavor: 'large',
        metadata: { env: 'test', tier: '1' },
      });
      await tenant.createStopped({
        name: 'c',
        type: 'vm',
        flavor: 'small',
        metadata: { env: 'prod', tier: '1' },
      });
      await tenant.create({ name: 'bad', metadata: { 'simulate.createError': 'no' } });
      await tenant.createRunning({
        name: 'with space & more=%',
        metadata: { 'a.b c&=ä': 'd e+f' },
      });
      await tenant.reaches((await list(tenant, 'name=bad')).body.instances[0]?.id ?? '', 'error');
    });

    it.each([
      ['status=creating', ['a']],
      ['status=running', ['with space & more=%', 'b']],
      ['status=stopped', ['c', 'c']],
      ['status=error', ['bad']],
      ['status=restarting', []],
      ['type=container', ['b']],
      ['flavor=large', ['c']],
      ['flavor=unknown', []],
      ['name=c', ['c', 'c']],
      ['name=C', []],
      ['name=with+space+%26+more%3D%25', ['with space & more=%']],
      ['metadata.env=prod', ['c', 'b', 'a']],
      ['metadata.env=pro', []],
      ['metadata.nothing=prod', []],
      ['metadata.env=prod&metadata.tier=1', ['c']],
      ['metadata.a.b+c%26%3D%C3%A4=d+e%2Bf', ['with space & more=%']],
      ['metadata[env]=prod&metadata%5Btier%5D=1', ['c']],
      ['metadata[env]=prod&metadata.tier=1', ['c']],
      ['metadata[a.b+c%26%3D%C3%A4]=d+e%2Bf', ['with space & more=%']],
      ['status=stopped&type=vm&flavor=small&name=c&metadata.env=prod&metadata.tier=1', ['c']],
      ['status=running&type=vm&flavor=small', ['with space & more=%']],
      ['status=running&flavor=large', []],
    ])('%s', async (query, names) => {
      expect(namesOf(await list(tenant, query))).toEqual(names);
    });

    it('find an instance by the start or end of its ID', async () => {
      const { id } = await tenant.create({ name: 'web' });
      for (const part of [id, id.slice(-8), id.slice(-8).toUpperCase(), id.slice(0, 26)]) {
        const { body } = await list(tenant, `id=${part}`);
        expect(body.instances.map((each) => each.id)).toEqual([id]);
      }
      for (const part of [id.slice(1, 30), 'ffff-ffff'])
        expect((await list(tenant, `id=${part}`)).body.instances).toEqual([]);
      for (const part of ['abc', '', '%25%25%25%25', '____', id.replace('-', 'g')])
        expectProblem(await tenant.get(`/instances?id=${part}`), { status: 400, code: 'validation_failed' });
    });

    it('can be combined on a page of large instances', async () => {
      const metadata = Object.fromEntries(
        Array.from({ length: 60 }, (_, key) => [`k${key}`, 'x'.repeat(1000)]),
      );
      const { id } = await tenant.createRunning({ metadata: { ...metadata, a: '1' } });
      const pageToken = toPageToken('ffffffff-ffff-7fff-bfff-ffffffffffff');
      const filters = `id=${id}&status=running&type=vm&flavor=small&name=web&metadata.a=1&limit=5`;
      const { status, body } = await list(tenant, `${filters}&pageToken=${pageToken}`);
      expect([status, body.instances.length]).toEqual([200, 1]);
    });

    it('accept the query in the X-Query header', async () => {
      const answer = await tenant.get<Listing>('/instances', { 'X-Query': 'status=stopped&flavor=large' });
      expect(namesOf(answer)).toEqual(['c']);
      const both = await tenant.get<Listing>('/instances?flavor=large', { 'X-Query': 'status=running' });
      expect(namesOf(both)).toEqual(['c']);
    });

    const refused = [
      'status=gone',
      'status=',
      'status=running&status=stopped',
      'type=pod',
      'flavor=',
      'name=',
      'name=a&name=b',
      `name=${'n'.repeat(256)}`,
      'name=a%00b',
      'metadata=prod',
      'metadata.=prod',
      'metadata.constructor=x',
      'metadata.__proto__=x',
      'metadata.env=a&metadata.env=b',
      'metadata[env]=prod&metadata.env=prod',
      'metadata[env]=a&metadata[env]=b',
      'metadata[]=prod',
      'metadata[env=prod',
      'metadata[__proto__]=x',
      'metadata.env=a%00b',
      `metadata.${'k'.repeat(129)}=a`,
      `metadata.env=${'v'.repeat(1025)}`,
      Array.from({ length: 65 }, (_, index) => `metadata.k${index}=v`).join('&'),
      'colour=red',
      'Status=running',
      '__proto__=x',
      'constructor=x',
      'tenantId=',
      'tenantId=a+b',
      'tenantId=a&tenantId=b',
      `tenantId=${'t'.repeat(129)}`,
      'allTenants=',
      'allTenants=yes',
      'allTenants=true&allTenants=true',
      'allTenants=true&tenantId=tenant-1',
      'limit=0',
      'limit=1001',
      'limit=-1',
      'limit=1.5',
      'limit=1e2',
      'limit=ten',
      'limit=',
      'limit=1&limit=2',
      'pageToken=',
      'pageToken=garbage',
      'pageToken=AAAAAAAAAAAAAAAAAAAAAA==',
      `pageToken=${'A'.repeat(65)}`,
      'pageToken=a&pageToken=b',
    ];

    it.each(withTitles(refused))('refuse %s', async (_, query) => {
      const { code } = expectProblem(await list(tenant, query), { status: 400 });
      expect(code).toMatch(/^(validation_failed|invalid_page_token)$/);
    });
  });

  describe('paging', () => {
    it('returns every instance once while others are created and deleted', async () => {
      const tenant = app.as(newTenant());
      const made = [];
      for (let index = 0; index < 23; index++) {
        made.push((await tenant.create({ name: `n${index}`, metadata: KEEP_CREATING })).id);
      }
      const seen: string[] = [];
      let pages = 0;
      for (let token: string | undefined, isLast = false; !isLast; pages++) {
        const { body } = await list(tenant, `limit=5${token === undefined ? '' : `&pageToken=${token}`}`);
        seen.push(...body.instances.map(({ id }) => id));
        // Between pages, creates newer instances and deletes the one that the token points to.
        await tenant.create({ name: `newer-${pages}` });
        if (pages === 1) await tenant.delete(`/instances/${seen.at(-1) ?? ''}`);
        token = body.nextPageToken;
        isLast = token === undefined;
      }
      expect(seen).toEqual(made.toReversed());
      expect(pages).toBe(5);
    });

    it('links to the next page with the same filters, except on the last page', async () => {
      const tenant = app.as(newTenant());
      for (const name of ['a', 'b', 'c']) {
        await tenant.create({ name, metadata: { 'k &=': 'ä', ...KEEP_CREATING } });
        await tenant.create({ name: 'other' });
      }
      const filters = 'type=vm&status=creating&flavor=small&metadata.k+%26%3D=%C3%A4&limit=1';
      let path: string | undefined = `/api/v1/compute/instances?${filters}`;
      const seen: string[] = [];
      while (path !== undefined) {
        const page: ApiResponse<Listing> = await tenant.request(path, {
          headers: { 'X-Tenant-ID': tenant.tenantId },
        });
        seen.push(...namesOf(page));
        const link = page.headers.get('link');
        path = /^<(.+)>; rel="next"$/.exec(link ?? '')?.[1];
        expect(link === null).toBe(page.body.nextPageToken === undefined);
      }
      expect(seen).toEqual(['c', 'b', 'a']);
    });

    it('has no next page if the limit equals the number of instances', async () => {
      const tenant = app.as(newTenant());
      for (const name of ['a', 'b']) await tenant.create({ name });
      const { body, headers } = await list(tenant, 'limit=2');
      expect(body.instances).toHaveLength(2);
      expect([body.nextPageToken, headers.get('link')]).toEqual([undefined, null]);
    });

    it("does not reveal another tenant's instances with a foreign page token", async () => {
      const [one, other] = [app.as(newTenant()), app.as(newTenant())];
      for (const name of ['mine', 'mine-too']) await one.create({ name });
      for (const name of ['theirs', 'theirs-too']) await other.create({ name });
      const { nextPageToken = '' } = (await list(other, 'limit=1')).body;
      expect(namesOf(await list(one, `pageToken=${nextPageToken}`))).toEqual(['mine-too', 'mine']);
    });
  });
});
