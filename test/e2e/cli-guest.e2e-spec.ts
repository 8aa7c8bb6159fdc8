import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instance } from '../../src/compute/instances';
import { CatalogDirectory } from '../support/catalog';
import { startCli, type CliResult } from '../support/cli';
import { Engine } from '../support/engine';
import { eventually } from '../support/eventually';
import { parseJson } from '../support/json';
import { newTenant, useApp } from '../support/use-app';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPHbF0 anna@desk';

describe('uim-compute images and guest settings', () => {
  const vm = new Engine('qemu', { types: ['vm'], images: 'ignored' });
  const container = new Engine('docker', { types: ['container'], images: 'ignored' });
  const directory = mkdtempSync(join(tmpdir(), 'cli-'));
  const many = Array.from({ length: 1001 }, (_, index) => ({
    id: `image-${String(index).padStart(4, '0')}`,
  }));
  const catalog = new CatalogDirectory(many);
  const app = useApp({
    environment: { IMAGES_FILE: catalog.file, HOST_PORTS: '30000-30999' },
    engines: () => ({ vm, container }),
  });
  const tenantId = newTenant();
  const cli = (...args: readonly string[]): Promise<CliResult> => startCli(app.url, tenantId, args).result;
  const fileOf = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  afterAll(() => {
    catalog.remove();
    rmSync(directory, { recursive: true });
  });

  const guestOf = async ({ code, err, out }: CliResult, { made }: Engine) => {
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { id } = parseJson<Instance>(out);
    return eventually(() => {
      const spec = made.find((each) => each.id === id);
      if (!spec) throw new Error('the engine was not asked yet');
      return spec.guest;
    });
  };

  it('creates a container with a command, variables and ports', async () => {
    const options = [
      '--flavor',
      'small',
      '--type',
      'container',
      '--env',
      'A=b=c',
      '--env',
      'EMPTY=',
      '--port',
      '80',
      '--port',
      '53/udp',
      '--port',
      '30053:53',
    ];
    const made = await cli('create', 'web', ...options, '-o', 'json', '--', 'nginx', '-g', 'daemon off;');
    expect(await guestOf(made, container)).toMatchObject({
      command: ['nginx', '-g', 'daemon off;'],
      env: { A: 'b=c', EMPTY: '' },
      ports: [
        { port: 80, protocol: 'tcp' },
        { port: 53, protocol: 'udp' },
        { port: 53, protocol: 'tcp', hostPort: 30_053 },
      ],
    });
  });

  it('creates a vm with ports, and with user data and keys from files', async () => {
    const userData = '#cloud-config\nruncmd: [reboot]\n';
    const files = [
      '--user-data',
      fileOf('user-data', userData),
      '--ssh-key',
      fileOf('keys', `# mine\n${KEY}\r\n\n`),
      '--ssh-key',
      fileOf('id.pub', 'ssh-rsa AAAA\n'),
    ];
    const made = await cli('create', 'web', '--flavor', 'small', '--port', '22/tcp', ...files, '-o', 'json');
    expect(await guestOf(made, vm)).toMatchObject({
      userData,
      sshKeys: [KEY, 'ssh-rsa AAAA'],
      ports: [{ port: 22, protocol: 'tcp' }],
    });
  });

  it('reports invalid options, and passes on refusals of the service', async () => {
    const create = ['create', 'web', '--flavor', 'small'];
    for (const port of ['http', '80/sctp', '-1', '80/', ':80', '30080:', '127.0.0.1:30080:80']) {
      expect(await cli(...create, '--port', port)).toMatchObject({ code: 2, out: '' });
    }
    const missing = await cli(...create, '--user-data', join(directory, 'no-such'));
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('cannot read');
    const refused = await cli(...create, '--', 'nginx');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('The command of a container follows -- and needs --type container');
  });

  it('lists all images, beyond one page', async () => {
    const { out } = await cli('images');
    expect(out).toMatch(/^ID +TYPES +MIN VCPUS +RAM GB +DISK GB +DESCRIPTION\n/);
    expect(out).toMatch(/^image-1000 +vm,container +0 +0 +0$/m);
    expect(parseJson<{ images: unknown[] }>((await cli('images', '-o', 'json')).out).images).toHaveLength(
      1001,
    );
  });
});

describe('uim-compute create without a required image', () => {
  const app = useApp({
    engines: () => ({
      vm: new Engine('qemu', { types: ['vm'], images: 'cataloged' }),
      container: new Engine('docker', { types: ['container'], images: 'named' }),
    }),
  });

  it.each(['vm', 'container'])('explains how to list images: %s', async (type) => {
    const args = ['create', 'web', '--flavor', 'small', '--type', type];
    const refused = await startCli(app.url, newTenant(), args).result;
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('Pass --image. To list images: uim-compute images.\n(image_required, ');
  });
});
