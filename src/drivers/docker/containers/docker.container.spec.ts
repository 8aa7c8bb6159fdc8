import { NO_GUEST, type InstanceSpec } from '../../port/driver-call';
import { toCreateOptions } from './docker.container';
import { DockerConfig } from '../docker.config';

const FACTS = {
  product: 'docker' as const,
  id: '',
  title: '',
  cpus: 8,
  memoryBytes: 0,
  directory: '',
  mayLimitDisk: false,
};
const INSTANCE: InstanceSpec = {
  id: '0198c0de-0000-7000-8000-000000000001',
  tenantId: 'tenant-a',
  name: 'web; --privileged',
  type: 'container',
  flavor: { name: 'small', vcpus: 2, ramGB: 3, diskGB: 10, gpus: 0 },
  imageId: 'alpine:3',
  image: null,
  guest: NO_GUEST,
  networkIds: [],
  volumeIds: [],
  metadata: { 'uim.tenant-id': 'tenant-b' },
};

const orderFor = (instance: Partial<InstanceSpec> = {}, facts: Partial<typeof FACTS> = {}, network = 'net') =>
  toCreateOptions(
    { ...INSTANCE, ...instance },
    {
      config: new DockerConfig({}),
      deployment: 'd',
      facts: { ...FACTS, ...facts },
      image: 'alpine:3',
      network,
      mounts: [],
    },
  );
const guest = (parts: Partial<InstanceSpec['guest']>) => ({ guest: { ...NO_GUEST, ...parts } });

describe('the create options of a container', () => {
  it('set the limits of the flavor, without swap', () => {
    expect(orderFor().HostConfig).toMatchObject({
      NanoCpus: 2_000_000_000,
      Memory: 3 * 1024 ** 3,
      MemorySwap: 3 * 1024 ** 3,
      PidsLimit: 512,
    });
  });

  it('request no more processors than the host has', () => {
    expect(orderFor({}, { cpus: 1 }).HostConfig?.NanoCpus).toBe(1_000_000_000);
  });

  it('limit the disk only if the engine may support it', () => {
    expect(orderFor().HostConfig).not.toHaveProperty('StorageOpt');
    expect(orderFor({}, { mayLimitDisk: true }).HostConfig?.StorageOpt).toEqual({ size: '10G' });
  });

  it('grant no unneeded privileges', () => {
    const host = orderFor().HostConfig;
    expect(host).toMatchObject({
      Privileged: false,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      RestartPolicy: { Name: 'no' },
    });
    for (const risky of ['SYS_ADMIN', 'NET_RAW', 'NET_ADMIN', 'MKNOD', 'SYS_PTRACE', 'SYS_CHROOT']) {
      expect(host?.CapAdd).not.toContain(risky);
    }
    expect(host).not.toHaveProperty('Binds');
    expect(host).not.toHaveProperty('Devices');
  });

  it('contain our labels, which metadata cannot override', () => {
    expect(orderFor().Labels).toEqual({
      'uim.deployment': 'd',
      'uim.instance-id': INSTANCE.id,
      'uim.tenant-id': 'tenant-a',
      'uim.instance-name': 'web; --privileged',
    });
  });

  it('pass command and environment unchanged, and omit an empty command', () => {
    const order = orderFor(guest({ command: ['echo', '$(id)'], env: { A: 'b=c; d' } }));
    expect(order.Cmd).toEqual(['echo', '$(id)']);
    expect(order.Env).toEqual(['A=b=c; d']);
    expect(orderFor()).not.toHaveProperty('Cmd');
  });

  it('publish ports on the configured address, at any free port or the requested one', () => {
    const order = orderFor(guest({ ports: [{ port: 53, protocol: 'udp' }] }));
    expect(order.HostConfig?.PortBindings).toEqual({ '53/udp': [{ HostIp: '127.0.0.1', HostPort: '' }] });
    const requested = orderFor(guest({ ports: [{ port: 80, protocol: 'tcp', hostPort: 30_080 }] }));
    expect(requested.HostConfig?.PortBindings).toEqual({
      '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '30080' }],
    });
  });

  it.each<[string, Partial<InstanceSpec>, string]>([
    ['graphics processors', { flavor: { ...INSTANCE.flavor, gpus: 1 } }, 'net'],
    ['ports without a network', guest({ ports: [{ port: 1, protocol: 'tcp' }] }), 'none'],
    ['NUL in a variable', guest({ env: { A: 'a\0b' } }), 'net'],
    ['a variable without a name', guest({ env: { '': 'x' } }), 'net'],
    ['a variable with "=" in its name', guest({ env: { 'A=B': 'x' } }), 'net'],
  ])('reject %s permanently', (_, instance, network) => {
    const refused = (() => {
      try {
        return orderFor(instance, {}, network);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toMatchObject({ name: 'DriverError', retryable: false });
  });
});
