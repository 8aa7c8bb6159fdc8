import { NO_GUEST, type InstanceSpec } from '../../port/driver-call';
import { anInstanceSpec } from '../../../../test/support/builders';
import { FAT_IMAGE_BYTES, fatImage, FatImageFullError } from './fat-image';
import { hostNameOf, cloudInitSeed } from './cloud-init-seed';

/** Reads a FAT volume by its boot sector, like an operating system. */
function readVolume(image: Buffer): { readonly label: string; readonly files: ReadonlyMap<string, string> } {
  const sector = image.readUInt16LE(11);
  const fatAt = image.readUInt16LE(14) * sector;
  const rootAt = fatAt + image.readUInt8(16) * image.readUInt16LE(22) * sector;
  const entries = image.readUInt16LE(17);
  const dataAt = rootAt + entries * 32;
  const files = new Map<string, string>();
  let label = '';
  let name = '';
  for (let at = rootAt; image[at] !== 0 && at < dataAt; at += 32) {
    const entry = image.subarray(at, at + 32);
    if (entry[11] === 0x08) label = entry.toString('latin1', 0, 11).trim();
    else if (entry[11] === 0x0f) name = partOf(entry) + name;
    else {
      const bytes: Buffer[] = [];
      for (
        let cluster = entry.readUInt16LE(26);
        cluster >= 2 && cluster < 0xff8;
        cluster = nextOf(image, fatAt, cluster)
      )
        bytes.push(image.subarray(dataAt + (cluster - 2) * sector, dataAt + (cluster - 1) * sector));
      files.set(name, Buffer.concat(bytes).subarray(0, entry.readUInt32LE(28)).toString('utf8'));
      name = '';
    }
  }
  return { label, files };
}

function partOf(entry: Buffer): string {
  const units = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30].map((at) => entry.readUInt16LE(at));
  return String.fromCharCode(...units.slice(0, units.includes(0) ? units.indexOf(0) : units.length));
}

function nextOf(image: Buffer, fatAt: number, cluster: number): number {
  const both = image.readUInt16LE(fatAt + Math.floor(cluster * 1.5));
  return cluster % 2 === 0 ? both & 0xfff : both >> 4;
}

describe('fatImage', () => {
  it('stores files of any length under their names', () => {
    const contents = [0, 1, 511, 512, 513, 100_000].map((length) => 'x'.repeat(length));
    const files = contents.map((content, index) => ({
      name: `a-name-of-some-length-${index}`.slice(0, 8 + 5 * index),
      content: Buffer.from(content),
    }));
    const image = fatImage('CIDATA', files);

    expect(image).toHaveLength(FAT_IMAGE_BYTES);
    expect(readVolume(image)).toEqual({
      label: 'CIDATA',
      files: new Map(files.map(({ name, content }) => [name, content.toString()])),
    });
  });

  it('accepts a file that just fits, and rejects a larger one', () => {
    const most = 2847 * 512;
    const file = (length: number): { name: string; content: Buffer } => ({
      name: 'f',
      content: Buffer.alloc(length, 1),
    });

    expect(readVolume(fatImage('A', [file(most)])).files.get('f')).toHaveLength(most);
    expect(() => fatImage('A', [file(most + 1)])).toThrow(FatImageFullError);
  });
});

describe('cloudInitSeed', () => {
  const KEY = 'ssh-ed25519 AAAA "x": [y] # z';
  const seedOf = (instance: InstanceSpec, user: string | null = null): ReadonlyMap<string, string> =>
    readVolume(cloudInitSeed(instance, user)).files;
  const withGuest = (userData: string | null, sshKeys: readonly string[] = []): InstanceSpec =>
    anInstanceSpec({ name: 'Web 1', guest: { ...NO_GUEST, userData, sshKeys } });

  it('contains the user data unchanged and the keys separately', () => {
    const userData = '#!/bin/sh\necho "ü"\t\\n\0';
    const instance = withGuest(userData, [KEY]);

    expect(seedOf(instance, 'debian')).toEqual(
      new Map([
        [
          'meta-data',
          `instance-id: "${instance.id}"\nlocal-hostname: "web-1"\npublic-keys: ${JSON.stringify([KEY])}\n`,
        ],
        ['user-data', userData],
      ]),
    );
  });

  it('generates user data with name and keys if the user gave none', () => {
    expect(seedOf(withGuest(null, [KEY])).get('user-data')).toBe(
      `#cloud-config\nhostname: "web-1"\nssh_authorized_keys: ${JSON.stringify([KEY])}\n`,
    );
    expect(seedOf(withGuest(null), 'debian').get('user-data')).toBe(
      '#cloud-config\nhostname: "web-1"\nuser: {"name":"debian"}\nssh_authorized_keys: []\n',
    );
    expect(seedOf(withGuest(null), 'root').get('user-data')).toContain('\ndisable_root: false\n');
  });

  it('accepts 64 KiB of user data, and rejects more', () => {
    expect(seedOf(withGuest('x'.repeat(65_536))).get('user-data')).toHaveLength(65_536);
    expect(() => cloudInitSeed(withGuest('ü'.repeat(32_769)), null)).toThrow('longer than 64 KiB');
    expect(() => cloudInitSeed(withGuest(null, ['k'.repeat(2_000_000)]), null)).toThrow('too large');
  });
});

describe('hostNameOf', () => {
  const id = 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6';

  it.each([
    ['web', 'web'],
    ['Web Server_1', 'web-server-1'],
    ['-a..b-', 'a-b'],
    ['$(reboot); x\n', 'reboot-x'],
    ['Ünï 🚀', 'uni'],
    ['Ünï 名前 🚀', `i-${id}`],
    ['x²', 'x2'],
    ['🚀', `i-${id}`],
    ['', `i-${id}`],
    ['a'.repeat(100), 'a'.repeat(63)],
    [`${'a'.repeat(62)} b`, 'a'.repeat(62)],
  ])('turns %j into the name %s', (name, expected) => {
    expect(hostNameOf({ id, name })).toBe(expected);
  });
});
