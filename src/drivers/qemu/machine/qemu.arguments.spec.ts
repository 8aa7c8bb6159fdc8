import { newId } from '../../../platform/values/uuid';
import { qemuArguments, type MachineSpec } from './qemu.arguments';

function machine(parts: Partial<MachineSpec> = {}): MachineSpec {
  return {
    id: newId(),
    machine: 'q35',
    vcpus: 2,
    ramGB: 4,
    accelerator: 'tcg',
    boot: { kind: 'bios' },
    network: { kind: 'isolated' },
    ports: [],
    hotplug: { vcpus: 16, ramGB: 64 },
    consoleBytes: 1_048_576,
    hasAgent: false,
    isHeld: false,
    ...parts,
  };
}

/** The values of an option, in order. */
function valuesOf(args: readonly string[], option: string): readonly (string | undefined)[] {
  return args.flatMap((each, index) => (each === option ? [args[index + 1]] : []));
}

describe('qemuArguments', () => {
  it('leaves no room to grow if the machine is as large as it may become', () => {
    const args = qemuArguments(machine({ hotplug: { vcpus: 2, ramGB: 4 } }));

    expect(valuesOf(args, '-smp')).toEqual(['2']);
    expect(valuesOf(args, '-m')).toEqual(['4G']);
  });

  it('names a machine after its id, and sizes it by its flavor', () => {
    const spec = machine();
    const args = qemuArguments(spec);

    expect(valuesOf(args, '-uuid')).toEqual([spec.id]);
    expect(valuesOf(args, '-name')).toEqual([`guest=uim-${spec.id},process=uim-${spec.id.slice(0, 8)}`]);
    expect(valuesOf(args, '-smp')).toEqual(['2,maxcpus=16']);
    expect(valuesOf(args, '-m')).toEqual(['4G,slots=16,maxmem=64G']);
  });

  it('blocks outgoing connections of isolated machines only', () => {
    const ports = [
      { port: 80, protocol: 'tcp', address: '127.0.0.1', hostPort: 4001 },
      { port: 53, protocol: 'udp', address: '127.0.0.1', hostPort: 4002 },
    ] as const;
    const forwards = 'hostfwd=tcp:127.0.0.1:4001-:80,hostfwd=udp:127.0.0.1:4002-:53';

    expect(valuesOf(qemuArguments(machine({ ports })), '-netdev')).toEqual([
      `user,id=net,restrict=on,${forwards}`,
    ]);
    expect(valuesOf(qemuArguments(machine({ ports, network: { kind: 'user' } })), '-netdev')).toEqual([
      `user,id=net,${forwards}`,
    ]);
  });

  it('allows spawning programs only for a bridge, which needs a helper', () => {
    const bridged = qemuArguments(machine({ network: { kind: 'bridge', bridge: 'br0' } }));

    expect(valuesOf(bridged, '-netdev')).toEqual(['bridge,id=net,br=br0']);
    expect(valuesOf(bridged, '-sandbox')).toEqual([
      'on,obsolete=deny,elevateprivileges=children,spawn=allow,resourcecontrol=deny',
    ]);
    expect(valuesOf(qemuArguments(machine()), '-sandbox')).toEqual([
      'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny',
    ]);
  });

  it('passes paths and a command line unchanged, with commas, blanks and quotes', () => {
    const path = '/images/a,readonly=off "b" \'c\' $(d)';
    const args = qemuArguments(
      machine({ boot: { kind: 'kernel', kernel: path, initrd: path, commandLine: 'quiet a="b,c"' } }),
    );

    expect(valuesOf(args, '-kernel')).toEqual([path]);
    expect(valuesOf(args, '-initrd')).toEqual([path]);
    expect(valuesOf(args, '-append')).toEqual(['console=ttyS0 quiet a="b,c"']);
    const firmware = qemuArguments(machine({ boot: { kind: 'uefi', code: path } }));
    const nodes = valuesOf(firmware, '-blockdev').map((value): unknown => JSON.parse(value ?? ''));
    expect(nodes).toContainEqual(
      expect.objectContaining({
        'node-name': 'flash0',
        'read-only': true,
        file: { driver: 'file', filename: path },
      }),
    );
  });

  it('keeps a console given on the kernel command line', () => {
    const boot = { kind: 'kernel', kernel: '/k', initrd: null, commandLine: 'console=hvc0' } as const;
    const args = qemuArguments(machine({ boot }));

    expect(valuesOf(args, '-append')).toEqual(['console=hvc0']);
    expect(args).not.toContain('-initrd');
  });

  it.each([
    [4096, 4096],
    [5000, 8192],
    [1_048_576, 1_048_576],
  ])('gives a console of %i bytes a large enough ring buffer', (consoleBytes, size) => {
    const args = qemuArguments(machine({ consoleBytes }));

    expect(valuesOf(args, '-chardev')).toEqual([`ringbuf,id=console,size=${size}`]);
  });

  it('gives a machine a port for the guest agent, if its guest has one', () => {
    const args = qemuArguments(machine({ hasAgent: true }));

    expect(valuesOf(args, '-chardev')).toContain('socket,id=agent,path=agent.sock,server=on,wait=off');
    expect(valuesOf(args, '-device')).toContain('virtserialport,chardev=agent,name=org.qemu.guest_agent.0');
    expect(qemuArguments(machine()).join()).not.toContain('agent');
  });

  it('gives each machine its own stable MAC address', () => {
    const [one, another] = [machine(), machine()];
    const addressOf = (spec: MachineSpec): string =>
      /mac=([0-9a-f:]{17})/.exec(qemuArguments(spec).join())?.[1] ?? '';

    expect(addressOf(one)).toMatch(/^02:/);
    expect(addressOf(one)).toBe(addressOf(one));
    expect(addressOf(one)).not.toBe(addressOf(another));
  });
});
