import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import axios from 'axios';
import type { InstanceSpec } from '../../src/drivers';
import { InstanceDirectory } from '../../src/drivers/qemu/files/instance-directory';
import { withQmp } from '../../src/drivers/qemu/qmp/qmp.client';
import { callFor } from '../support/builders';
import { describeQemu, DONE, GIB, type QemuEngine } from '../support/engines/qemu-engine';

describeQemu('qemu guests', ({ engine, driver, consoleWith, booted }) => {
  it('boots a guest with the requested name, keys, processors, memory and disk', async () => {
    const keys = ['ssh-ed25519 AAAAC3 "quoted" me@home', 'ssh-rsa AAAAB3 you'];
    const flavor = { name: 'two', vcpus: 2, ramGB: 1, diskGB: 3, gpus: 0 };
    const instance = engine().instance({ name: 'Web Server_1', flavor }, { sshKeys: keys });
    const steps: string[] = [];

    await driver().create(callFor(instance, { progress: (text) => steps.push(text) }));
    const lines = await consoleWith(instance, DONE);

    expect(steps).toEqual(['checking the image', 'creating the disk', 'booting']);
    expect(lines).toEqual(
      expect.arrayContaining([
        'UIM-GUEST-READY',
        'UIM-CPUS=2',
        `UIM-DISK-BYTES=${3 * GIB}`,
        'UIM-SEED=meta-data user-data ',
        `UIM-INSTANCE-ID=${instance.id}`,
        'UIM-HOSTNAME=web-server-1',
        'UIM-SSH-KEYS=2',
      ]),
    );
    const memory = Number(/UIM-MEM-KB=(\d+)/.exec(lines.join('\n'))?.[1]);
    expect(memory).toBeGreaterThan(900_000);
    expect(await ask(engine(), instance, 'query-cpus-fast')).toHaveLength(2);
    expect(await ask(engine(), instance, 'query-memory-size-summary')).toMatchObject({ 'base-memory': GIB });
  });

  it('boots a disk with a boot loader and leaves the image file unchanged', async () => {
    const file = join(engine().dir, 'boot, "disk".raw');
    const bytes = bootSector('UIM-BIOS-BOOT\r\n');
    writeFileSync(file, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const rest = { firmware: 'bios', guestAgent: false, defaultUser: null } as const;
    const disk = { kind: 'disk', file, format: 'raw', sha256, ...rest } as const;
    const instance = engine().instance({ image: disk });

    await driver().create(callFor(instance));
    await consoleWith(instance, 'UIM-BIOS-BOOT');
    expect(readFileSync(file)).toEqual(bytes);
    await driver().destroy(callFor(instance));
    writeFileSync(file, bootSector('another'));
    await expect(driver().create(callFor(instance))).rejects.toThrow(
      'does not match the checksum in the catalog',
    );
  });

  it("runs the user's script inside the guest and nowhere else", async () => {
    const trap = join(engine().dir, 'trap');
    const script = `#!/bin/sh\ntouch ${trap}; echo "says $(hostname)"; echo '"$HOME" , %s \\ ü'\nexit 7\n`;
    const instance = engine().instance({ name: `;touch ${trap};$(touch ${trap})` }, { userData: script });

    const lines = await booted(instance);

    expect(lines).toEqual(
      expect.arrayContaining([
        `says ${lines.find((line) => line.startsWith('UIM-HOSTNAME='))?.slice(13) ?? ''}`,
        '"$HOME" , %s \\ ü',
        'UIM-USER-DATA-EXIT=7',
      ]),
    );
    expect(existsSync(trap)).toBe(false);
  });

  it('publishes ports, reports them, and keeps them across a restart', async () => {
    const instance = engine().instance({ name: 'served' }, { ports: [{ port: 80, protocol: 'tcp' }] });
    const { handle, ports } = await driver().create(callFor(instance));
    await consoleWith(instance, DONE);
    const [port] = ports ?? [];
    expect(port).toMatchObject({ port: 80, protocol: 'tcp', address: '127.0.0.1' });

    const answer = await axios.get<string>(`http://127.0.0.1:${port?.hostPort}/`, { timeout: 10_000 });
    expect(answer.data.trim()).toBe('served');

    await driver().stop(callFor(instance, { handle }));
    const again = await driver().start(callFor(instance, { handle }));
    expect(again.ports).toEqual(ports);
    const found = await engine().driver().create(callFor(instance));
    expect(found.ports).toEqual(ports);
  });

  it("lets a guest reach the host's loopback and the ports of others only if configured", async () => {
    const seen: string[] = [];
    const server = await listening((url) => seen.push(url));
    const other = engine().instance({ name: 'other' }, { ports: [{ port: 80, protocol: 'tcp' }] });
    const theirs = (await driver().create(callFor(other))).ports?.[0]?.hostPort;
    await consoleWith(other, DONE);
    const userData = `#!/bin/sh
for port in ${server.port} ${theirs}; do
  printf 'GET /from-guest HTTP/1.0\\r\\n\\r\\n' | nc -w 3 10.0.2.2 $port | grep -q ^HTTP &&
    echo "REACHED $port" || echo "REFUSED $port"
done
`;
    const guest = (): InstanceSpec => engine().instance({ tenantId: 'tenant-b' }, { userData });

    const isolated = await booted(guest());
    expect(isolated).toEqual(expect.arrayContaining([`REFUSED ${server.port}`, `REFUSED ${theirs}`]));
    expect(seen).toEqual([]);

    const open = guest();
    await engine()
      .driver({ network: { kind: 'user' } })
      .create(callFor(open));
    expect(await consoleWith(open, DONE)).toEqual(
      expect.arrayContaining([`REACHED ${server.port}`, `REACHED ${theirs}`]),
    );
    expect(seen).toEqual(['/from-guest']);
    server.close();
  });

  it('follows a console until its guest ends', async () => {
    const script = '#!/bin/sh\nfor i in 1 2 3 4 5; do echo line $i; sleep 0.3; done\npoweroff -f\n';
    const instance = engine().instance({}, { userData: script });
    await driver().create(callFor(instance));

    const lines: string[] = [];
    for await (const line of driver().follow(callFor(instance), 0)) lines.push(line);
    expect(lines.filter((line) => line.startsWith('line '))).toEqual([1, 2, 3, 4, 5].map((i) => `line ${i}`));
  });

  it('keeps no more console output than configured', async () => {
    const script = '#!/bin/sh\nseq 1 30000\necho enough\n';
    const instance = engine().instance({}, { userData: script });
    await driver().create(callFor(instance));
    const lines = await consoleWith(instance, 'enough');

    const bytes = ['console.log', 'console.1.log'].map(
      (file) => lstatSync(engine().pathOf(instance, file)).size,
    );
    expect(bytes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(65_536);
    expect(lines).toContain('30000');
    expect(lines).not.toContain('1');
  });

  it('reports the usage of a running guest, and rejects a stopped one', async () => {
    const instance = engine().instance(
      {},
      { userData: '#!/bin/sh\ndd if=/dev/zero of=/dev/vda bs=1M count=8 && sync\n' },
    );
    await booted(instance);

    const usage = await driver().usage(callFor(instance));
    expect(usage.cpu.totalSeconds).toBeGreaterThan(0.5);
    expect(usage.cpu.percent).toBeGreaterThanOrEqual(0);
    expect(usage.memory?.limitBytes).toBe(GIB);
    expect(usage.memory?.usedBytes).toBeGreaterThan(50_000_000);
    expect(usage.disk?.writtenBytes).toBeGreaterThanOrEqual(8 * 1024 ** 2);
    expect(usage.disk?.usedBytes).toBeGreaterThan(0);
    await driver().stop(callFor(instance));
    await expect(driver().usage(callFor(instance))).rejects.toMatchObject({ retryable: false });
  });
});

async function ask(engine: QemuEngine, instance: InstanceSpec, command: string): Promise<unknown> {
  const options = { signal: AbortSignal.timeout(5000), timeoutMs: 5000 };
  return new InstanceDirectory(engine.dir, instance.id).withSocket('qmp', (path) =>
    withQmp(path, options, (execute) => execute(command)),
  );
}

async function listening(
  hear: (url: string) => void,
): Promise<{ readonly port: number; readonly close: () => void }> {
  const server: Server = createServer((request, response) => {
    hear(request.url ?? '');
    response.end('secret of the host\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return { port: address.port, close: () => server.close() };
}

/** A boot sector that prints a text on the first serial port and halts. */
function bootSector(text: string): Buffer {
  const sector = Buffer.alloc(512);
  // xor ax, ax; mov ds, ax; mov si, 0x7c15; mov dx, 0x3f8; next: lodsb; test al, al; jz end; out dx, al; jmp next
  sector.write('31c08ed8be157cbaf803ac84c07403eeebf8', 'hex');
  sector.write('f4ebfd', 18, 'hex'); // end: hlt; jmp end
  sector.write(text, 21, 'latin1');
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}
