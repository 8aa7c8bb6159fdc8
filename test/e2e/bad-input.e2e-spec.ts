import { gzipSync } from 'node:zlib';
import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { withTitles } from '../support/with-titles';
import { newTenant, useApp } from '../support/use-app';

const VALID = { name: 'web', flavor: 'small' };
const NUL = 'a\u0000b';
const LONE_SURROGATE = 'a\ud800b';

function pairs(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
}

/** JSON text with a member such as `__proto__`, which an object literal would take as its prototype. */
const withMember = (name: string, value: unknown, object: object = VALID): string =>
  JSON.stringify(object).replace(/\{/, `{${JSON.stringify(name)}:${JSON.stringify(value)},`);

describe('bad input', () => {
  const app = useApp();
  let tenant: Client;
  let instance: Instance;

  beforeAll(async () => {
    tenant = app.as(newTenant());
    instance = await tenant.createRunning();
  });

  /** Refused requests have created and changed nothing. */
  afterEach(async () => {
    const { body } = await tenant.get('/instances');
    expect(body).toEqual({ instances: [instance] });
  });

  const sendText = (
    method: 'POST' | 'PATCH',
    body: string | Uint8Array<ArrayBuffer>,
    headers: Readonly<Record<string, string>> = {},
  ) =>
    tenant.request(`/api/v1/compute/instances${method === 'PATCH' ? `/${instance.id}` : ''}`, {
      method,
      headers: { 'X-Tenant-ID': tenant.tenantId, 'Content-Type': 'application/json', ...headers },
      body,
    });

  const wrongTypes: readonly unknown[] = [null, 0, 1, true, [], ['web'], {}, { toString: 'web' }];

  describe('POST /instances refuses', () => {
    const refuses = async (body: unknown, field: string): Promise<void> => {
      const problem = expectProblem(await tenant.post('/instances', body), {
        status: 400,
        code: 'validation_failed',
      });
      expect(problem.errors?.map((error) => error.field)).toEqual([field]);
    };

    it('a missing name or flavor, naming each field', async () => {
      await refuses({ flavor: 'small' }, 'name');
      await refuses({ name: 'web' }, 'flavor');
      const both = expectProblem(await tenant.post('/instances', {}), { status: 400 });
      expect(both.errors?.map(({ field }) => field).sort()).toEqual(['flavor', 'name']);
    });

    it.each(['name', 'flavor', 'imageId'])('a wrong %s', async (member) => {
      for (const value of wrongTypes) await refuses({ ...VALID, [member]: value }, member);
      for (const value of [NUL, LONE_SURROGATE, 'n'.repeat(256), 'n'.repeat(10_000), '🚀'.repeat(256)]) {
        await refuses({ ...VALID, [member]: value }, member);
      }
      if (member !== 'imageId') await refuses({ ...VALID, [member]: '' }, member);
    });

    it('a wrong type', async () => {
      for (const value of [...wrongTypes, '', 'VM', 'pod', 'vm ', NUL]) {
        await refuses({ ...VALID, type: value }, 'type');
      }
    });

    it.each(['networkIds', 'volumeIds'])('wrong %s', async (member) => {
      const long = 'n'.repeat(256);
      for (const value of [
        null,
        'network-1',
        { 0: 'network-1' },
        [1],
        [null],
        [['network-1']],
        [''],
        [NUL],
        [LONE_SURROGATE],
        [long],
        ['twice', 'twice'],
        Array.from({ length: 33 }, (_, index) => `network-${index}`),
      ]) {
        await refuses({ ...VALID, [member]: value }, member);
      }
    });

    it('wrong metadata', async () => {
      for (const value of [
        null,
        'text',
        1,
        [],
        ['text'],
        { key: 1 },
        { key: null },
        { key: true },
        { key: ['text'] },
        { key: { nested: 'text' } },
        { '': 'text' },
        { [NUL]: 'text' },
        { [LONE_SURROGATE]: 'text' },
        { key: NUL },
        { key: LONE_SURROGATE },
        { ['k'.repeat(129)]: 'text' },
        { key: 'v'.repeat(1025) },
        pairs(65),
      ]) {
        await refuses({ ...VALID, metadata: value }, 'metadata');
      }
    });

    it('wrong members of createNetwork and createVolume', async () => {
      await refuses({ ...VALID, createNetwork: {} }, 'createNetwork.cidr');
      await refuses({ ...VALID, createNetwork: { cidr: '10.0.1.0' } }, 'createNetwork.cidr');
      await refuses({ ...VALID, createNetwork: { cidr: '10.0.1.0/24', name: NUL } }, 'createNetwork.name');
      await refuses({ ...VALID, createNetwork: { cidr: '10.0.1.0/24', vlan: 1 } }, 'createNetwork.vlan');
      await refuses({ ...VALID, createVolume: { sizeGB: '50' } }, 'createVolume.sizeGB');
      for (const sizeGB of [0, -1, 1.5, 65_537, 1e300, null]) {
        await refuses({ ...VALID, createVolume: { sizeGB } }, 'createVolume.sizeGB');
      }
      for (const value of [null, 'text', 1, true]) {
        await refuses({ ...VALID, createNetwork: value }, 'createNetwork');
        await refuses({ ...VALID, createVolume: value }, 'createVolume');
      }
      expectProblem(await tenant.post('/instances', { ...VALID, createNetwork: [] }), { status: 400 });
    });

    it('unknown members, and those that only responses have', async () => {
      for (const member of ['nmae', 'Name', 'id', 'tenantId', 'status', 'createdAt', 'version', '', NUL]) {
        await refuses({ ...VALID, [member]: 'text' }, member);
      }
    });
  });

  describe('PATCH /instances/{id} refuses', () => {
    const refuses = async (body: unknown, field: string): Promise<void> => {
      const answer = await tenant.patch(`/instances/${instance.id}`, body);
      const problem = expectProblem(answer, { status: 400, code: 'validation_failed' });
      expect(problem.errors?.map((error) => error.field)).toEqual([field]);
    };

    it('a wrong name', async () => {
      for (const name of [...wrongTypes, '', NUL, LONE_SURROGATE, 'n'.repeat(256)]) {
        await refuses({ name }, 'name');
      }
    });

    it('wrong metadata', async () => {
      for (const metadata of [
        'text',
        1,
        [],
        { key: 1 },
        { key: { nested: null } },
        { [NUL]: null },
        { [LONE_SURROGATE]: null },
        { key: NUL },
        { ['k'.repeat(129)]: null },
        { key: 'v'.repeat(1025) },
        pairs(65),
        pairs(129),
      ]) {
        await refuses({ metadata }, 'metadata');
      }
    });

    it('members that cannot be changed', async () => {
      for (const member of ['flavor', 'type', 'status', 'imageId', 'id', 'tenantId', 'version', 'colour']) {
        await refuses({ [member]: 'small' }, member);
      }
    });
  });

  it.each(['POST', 'PATCH'] as const)('%s refuses anything but a JSON object', async (method) => {
    for (const text of ['null', '[]', '[{}]', '"text"', '""', '0', '-1e9', 'true', 'false']) {
      expectProblem(await sendText(method, text), { status: 400, code: 'validation_failed' });
    }
    for (const text of [
      '{',
      '{"name":}',
      '{"name":"web"',
      "{'name':'web'}",
      '{"name":"web"}}',
      'web',
      ' ',
      '\u0000',
      '{"a":NaN}',
      '\ufeff\ufeff{}',
    ]) {
      expectProblem(await sendText(method, text), { status: 400, code: 'malformed_json' });
    }
  });

  it.each(['POST', 'PATCH'] as const)('%s refuses names that would set a prototype', async (method) => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      for (const value of ['text', { polluted: 'yes' }, { prototype: { polluted: 'yes' } }, null, []]) {
        const inMetadata = JSON.stringify({ metadata: 0 }).replace('0', withMember(name, value, { a: 'b' }));
        for (const text of [
          withMember(name, value, method === 'POST' ? VALID : { name: 'web' }),
          method === 'POST' ? inMetadata.replace('{', '{"name":"web","flavor":"small",') : inMetadata,
          withMember('createNetwork', 0, VALID).replace(
            '0',
            withMember(name, value, { cidr: '10.0.1.0/24' }),
          ),
        ]) {
          expectProblem(await sendText(method, text), { status: 400, code: 'validation_failed' });
        }
      }
    }
    expect('polluted' in {}).toBe(false);
  });

  it.each(['POST', 'PATCH'] as const)(
    '%s immediately refuses JSON with too many nested levels',
    async (method) => {
      const levels = 100_000;
      for (const text of [
        `${'['.repeat(levels)}${']'.repeat(levels)}`,
        `{"metadata":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`,
        `{"name":${'['.repeat(levels)}${']'.repeat(levels)},"flavor":"small"}`,
        '['.repeat(levels),
      ]) {
        expectProblem(await sendText(method, text), { status: 400 });
      }
    },
  );

  describe('bodies', () => {
    const LIMIT = 2 * 1024 * 1024;
    const padded = (length: number): string => JSON.stringify(VALID).padEnd(length, ' ');

    it('are accepted up to 2 MiB and refused above', async () => {
      expectProblem(await sendText('POST', padded(LIMIT).replace('small', 'giant')), {
        status: 400,
        code: 'invalid_flavor',
      });
      for (const length of [LIMIT + 1, 2 * LIMIT]) {
        expectProblem(await sendText('POST', padded(length)), { status: 413, code: 'body_too_large' });
        expectProblem(await sendText('PATCH', padded(length)), { status: 413, code: 'body_too_large' });
      }
    });

    it('are refused if they decompress to more than 2 MiB', async () => {
      const bomb = gzipSync(padded(20 * LIMIT));
      expect(bomb.length).toBeLessThan(LIMIT / 10);
      const answer = await sendText('POST', Uint8Array.from(bomb), { 'Content-Encoding': 'gzip' });
      expectProblem(answer, { status: 413, code: 'body_too_large' });
    });

    it('are accepted compressed, and refused if they cannot be decompressed', async () => {
      const packed = Uint8Array.from(gzipSync(JSON.stringify({ ...VALID, flavor: 'giant' })));
      const gzip = { 'Content-Encoding': 'gzip' };
      expectProblem(await sendText('POST', packed, gzip), { status: 400, code: 'invalid_flavor' });
      expectProblem(await sendText('POST', packed.slice(0, -12), gzip), { status: 400 });
      expectProblem(await sendText('POST', packed.fill(0, 12, 20), gzip), { status: 400 });
      for (const encoding of ['gzip', 'deflate', 'br']) {
        const answer = await sendText('POST', JSON.stringify(VALID), { 'Content-Encoding': encoding });
        expectProblem(answer, { status: 400 });
      }
      const unknown = await sendText('POST', JSON.stringify(VALID), { 'Content-Encoding': 'zip' });
      expectProblem(unknown, { status: 415, code: 'unsupported_media_type' });
    });

    it.each(
      withTitles([
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/xml',
        'application/jsonx',
        'json',
        '',
        'application/json; charset=iso-8859-1',
        'application/json; charset=x-nonsense',
        'application/json; charset=utf-9',
      ]),
    )('of the type %s are refused', async (_, type) => {
      for (const method of ['POST', 'PATCH'] as const) {
        const answer = await sendText(method, JSON.stringify({ name: 'web' }), { 'Content-Type': type });
        expectProblem(answer, { status: 415, code: 'unsupported_media_type' });
      }
      const power = await tenant.post(`/instances/${instance.id}/start`, {}, { 'Content-Type': type });
      expectProblem(power, { status: 415, code: 'unsupported_media_type' });
    });
  });
});
