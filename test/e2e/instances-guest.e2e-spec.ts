import type { GuestSpec } from '../../src/drivers';
import type { Instance } from '../../src/compute/instances';
import { CompletionRepository } from '../../src/compute/instances/work/completion.repository';
import type { Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPHbF0 anna@desk';
const CONTAINER = {
  command: ['nginx', '-g', 'daemon off;', ''],
  env: {
    PASSWORD: 'that-is-secret',
    _EMPTY: '',
    toString: 'x',
    ÜNICODE: undefined,
    LINES: 'a\nb=ü$(reboot)',
  },
  ports: [{ port: 80 }, { port: 53, protocol: 'udp' }, { port: 53 }],
};
const VM = {
  vm: { ports: [{ port: 22, protocol: 'tcp' }] },
  userData: '#cloud-config\nthat-is-secret: "ü"\n',
  sshKeys: [KEY, 'sk-ssh-ed25519@openssh.com AAAA'],
};

describe('POST /instances with guest settings', () => {
  const app = useApp();
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  /** The guest settings that the engine receives. */
  const guestOf = async (instanceId: string): Promise<Partial<GuestSpec> | undefined> => {
    const [operation] = await tenant.operationsOf(instanceId);
    const held = {
      id: operation?.id ?? '',
      tenantId: tenant.tenantId,
      fence: 1,
      type: 'create',
      isBackground: true,
    } as const;
    return (await app.running.app.get(CompletionRepository).target({ ...held, resourceId: instanceId }))
      ?.guest;
  };

  it('passes the command, variables and ports of a container to the engine', async () => {
    const { id } = await tenant.create({ type: 'container', container: CONTAINER });
    expect(await guestOf(id)).toEqual({
      command: CONTAINER.command,
      env: { PASSWORD: 'that-is-secret', _EMPTY: '', toString: 'x', LINES: 'a\nb=ü$(reboot)' },
      ports: [
        { port: 80, protocol: 'tcp' },
        { port: 53, protocol: 'udp' },
        { port: 53, protocol: 'tcp' },
      ],
    });
  });

  it('passes the ports, user data and SSH keys of a vm to the engine', async () => {
    const { id } = await tenant.create(VM);
    const { vm, ...rest } = VM;
    expect(await guestOf(id)).toEqual({ ...vm, ...rest });
  });

  it('accepts variable names with dots and dashes', async () => {
    const env = { 'discovery.type': 'single-node', 'xpack.security.enabled': 'false', 'a-b': '', '.c': '' };
    const { id } = await tenant.create({ type: 'container', container: { env } });
    expect((await guestOf(id))?.env).toEqual(env);
  });

  it('accepts SSH keys with trailing line breaks or options', async () => {
    const restricted = `restrict,command="echo \\"hi\\", $HOME" ${KEY}`;
    const { id } = await tenant.create({ sshKeys: [`${KEY}\n`, `${KEY}\r\n`, restricted] });
    expect((await guestOf(id))?.sshKeys).toEqual([KEY, KEY, restricted]);
  });

  it('passes nothing to the engine if nothing was given', async () => {
    expect(await guestOf((await tenant.create()).id)).toEqual({});
    expect(await guestOf((await tenant.create({ type: 'container', container: {} })).id)).toEqual({});
  });

  it('gives each instance of a batch the same settings', async () => {
    const request = { name: 'web', flavor: 'small', count: 3, ...VM };
    const { body } = await tenant.post<{ instances: Instance[] }>('/instances', request);
    const guests = await Promise.all(body.instances.map(({ id }) => guestOf(id)));
    expect(guests.map((guest) => guest?.userData)).toEqual([VM.userData, VM.userData, VM.userData]);
  });

  it('does not reveal possible secrets', async () => {
    const vm = await tenant.createRunning(VM);
    const container = await tenant.createRunning({ type: 'container', container: CONTAINER });
    const paths = [
      '/instances',
      '/operations',
      ...[vm, container].map(({ id }) => `/instances/${id}/events`),
    ];
    for (const path of paths) {
      const { status, text } = await tenant.get(path);
      expect([path, status, text.includes('that-is-secret')]).toEqual([path, 200, false]);
    }
    const bad = { ...CONTAINER, env: { PASSWORD: 'that-is-secret\0' } };
    const refusal = await tenant.post('/instances', {
      name: 'a',
      flavor: 'small',
      type: 'container',
      container: bad,
    });
    expectProblem(refusal, { status: 400, code: 'validation_failed' });
    expect(refusal.text).not.toContain('that-is-secret');
  });

  it('replays a request with its key, and refuses the key with other settings', async () => {
    const headers = { 'Idempotency-Key': 'guest' };
    const request = { name: 'web', flavor: 'small', ...VM };
    const first = await tenant.post<Instance>('/instances', request, headers);
    const second = await tenant.post<Instance>('/instances', request, headers);
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
    const other = await tenant.post('/instances', { ...request, userData: 'other' }, headers);
    expectProblem(other, { status: 422, code: 'idempotency_key_reused' });
  });

  it('supports dry runs', async () => {
    const request = { name: 'web', flavor: 'small', ...VM };
    expect((await tenant.post('/instances?dryRun=true', request)).status).toBe(200);
    const bad = { ...request, userData: 1 };
    expectProblem(await tenant.post('/instances?dryRun=true', bad), {
      status: 400,
      code: 'validation_failed',
    });
    expect((await tenant.get('/instances')).body).toEqual({ instances: [] });
  });

  const container = (part: object) => ({ type: 'container', container: part });
  const many = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const variables = (count: number, length: number) =>
    Object.fromEntries(many(count).map((index) => [`V${index}`, 'x'.repeat(length)]));

  it('accepts every setting up to its limit', async () => {
    const command = many(64).map(() => 'x'.repeat(4096));
    const ports = many(32).map((port) => ({ port }));
    await tenant.create(container({ command, ports, env: variables(200, 1000) }));
    await tenant.create(container({ env: variables(60, 16_384) }));
    const sshKeys = many(16).map(() => `ssh-rsa ${'A'.repeat(4088)}`);
    await tenant.create({ userData: 'x'.repeat(65_536), sshKeys, vm: { ports } });
  });

  it.each<readonly [string, object, string]>([
    ['a container of a vm', { type: 'vm', container: {} }, 'container requires type container'],
    ['a container of what is a vm by default', { container: {} }, 'container requires type container'],
    ['a vm of a container', { type: 'container', vm: {} }, 'vm requires type vm'],
    ['user data of a container', { type: 'container', userData: '' }, 'userData requires type vm'],
    ['keys of a container', { type: 'container', sshKeys: [KEY] }, 'sshKeys requires type vm'],
    ['a container that is null', { type: 'container', container: null }, 'container'],
    ['a container that is a list', container([]), 'container'],
    ['an unknown member', container({ image: 'x' }), 'image'],
    ['an unknown member of a vm', { vm: { command: ['x'] } }, 'command'],
    ['a command that is text', container({ command: 'rm -rf /' }), 'command'],
    ['a command of 65 words', container({ command: many(65).map(String) }), 'command'],
    ['a word that is too long', container({ command: ['x'.repeat(4097)] }), 'command'],
    ['a word with NUL', container({ command: ['a\0b'] }), 'command'],
    ['a word that is a number', container({ command: [1] }), 'command'],
    ['a list in a command', container({ command: [['sh']] }), 'command'],
    ['variables that are a list', container({ env: ['A=b'] }), 'env must be an object'],
    ['variables that are null', container({ env: null }), 'env must be an object'],
    ['201 variables', container({ env: variables(201, 1) }), 'env must have at most 200 variables'],
    ['a value that is too long', container({ env: variables(1, 16_385) }), 'env.V1 must be text'],
    ['a value that is a number', container({ env: { A: 1 } }), 'env.A must be text'],
    ['a value that is null', container({ env: { A: null } }), 'env.A must be text'],
    ['a lone surrogate', container({ env: { A: '\ud800' } }), 'env.A must be text'],
    ...['', '1A', '1.a', 'A=B', 'A B', 'A\0', 'A\n', 'Ä', 'A'.repeat(129)].map(
      (name) =>
        [
          `a variable named ${JSON.stringify(name)}`,
          container({ env: { [name]: '' } }),
          'env names',
        ] as const,
    ),
    ['a variable named constructor', container({ env: { constructor: 'x' } }), 'no member may be named'],
    [
      'more in all than a row should hold',
      container({ env: variables(70, 16_000) }),
      'at most 1048576 characters',
    ],
    [
      'more in all than one request may',
      { count: 100, userData: 'x'.repeat(65_536) },
      'guest settings and metadata of 100 instances must have at most 1048576 characters in total',
    ],
    [
      'more metadata in all than one request may',
      { count: 20, metadata: Object.fromEntries(many(64).map((key) => [`k${key}`, 'x'.repeat(1024)])) },
      'guest settings and metadata of 20 instances must have at most 1048576 characters in total',
    ],
    ['ports that are an object', container({ ports: {} }), 'ports'],
    ['33 ports', container({ ports: many(33).map((port) => ({ port })) }), 'ports'],
    [
      'a port twice',
      container({ ports: [{ port: 80 }, { port: 80, protocol: 'tcp' }] }),
      'each port only once',
    ],
    ['a port that is null', container({ ports: [null] }), 'ports'],
    ['a list in ports', container({ ports: [[{ port: 80 }]] }), 'ports'],
    ['port 0', { vm: { ports: [{ port: 0 }] } }, 'port'],
    ['port 65536', { vm: { ports: [{ port: 65_536 }] } }, 'port'],
    ['a port that is text', { vm: { ports: [{ port: '80' }] } }, 'port'],
    ['half a port', { vm: { ports: [{ port: 1.5 }] } }, 'port'],
    ['another protocol', { vm: { ports: [{ port: 80, protocol: 'sctp' }] } }, 'protocol'],
    ['user data that is too long', { userData: 'x'.repeat(65_537) }, 'userData'],
    ['user data that is too long in bytes', { userData: 'ü'.repeat(32_769) }, 'userData'],
    ['user data with NUL', { userData: 'a\0b' }, 'userData'],
    ['17 keys', { sshKeys: many(17).map(() => KEY) }, 'sshKeys'],
    ['a key that is too long', { sshKeys: [`ssh-rsa ${'A'.repeat(4089)}`] }, 'sshKeys'],
    ['a key of two lines', { sshKeys: [`${KEY}\n${KEY}`] }, 'sshKeys'],
    ['a line break in an option', { sshKeys: [`command="a\n${KEY}" ${KEY}`] }, 'sshKeys'],
    ['a list in keys', { sshKeys: [[KEY]] }, 'sshKeys'],
    ['a private key', { sshKeys: ['-----BEGIN OPENSSH PRIVATE KEY-----'] }, 'sshKeys'],
    ['a key that is text', { sshKeys: KEY }, 'sshKeys'],
  ])('refuses %s', async (_, request, message) => {
    const answer = await tenant.post('/instances', { name: 'web', flavor: 'small', ...request });
    const { detail } = expectProblem(answer, { status: 400, code: 'validation_failed' });
    expect(detail).toContain(message);
    expect((await tenant.get('/instances')).body).toEqual({ instances: [] });
  });

  it('refuses __proto__ at every level', async () => {
    for (const body of [
      '{"name":"a","flavor":"small","type":"container","container":{"env":{"__proto__":"x"}}}',
      '{"name":"a","flavor":"small","type":"container","container":{"__proto__":{"command":["x"]}}}',
      '{"name":"a","flavor":"small","vm":{"ports":[{"port":80,"__proto__":{"hostPort":1}}]}}',
    ]) {
      const headers = { 'X-Tenant-ID': tenant.tenantId, 'Content-Type': 'application/json' };
      const answer = await tenant.request('/api/v1/compute/instances', { method: 'POST', headers, body });
      expectProblem(answer, { status: 400, code: 'validation_failed' });
    }
  });
});
