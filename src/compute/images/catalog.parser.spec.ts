import type { ImageSource } from '../../drivers';
import { parseCatalog } from './catalog.parser';

const DIRECTORY = '/etc/images';
const SHA = 'ab'.repeat(32);

function parse(value: unknown) {
  return parseCatalog(typeof value === 'string' ? value : JSON.stringify(value), DIRECTORY);
}

function problemsOf(value: unknown): readonly string[] {
  const parsed = parse(value);
  return 'problems' in parsed ? parsed.problems : [];
}

function imageOf(image: object) {
  const parsed = parse({ images: [{ id: 'one', ...image }] });
  if ('problems' in parsed) throw new Error(parsed.problems.join('; '));
  const found = parsed.catalog.find('one');
  if (!found) throw new Error('it is not there');
  return found;
}

const qemuOf = (qemu: object, more: object = {}): ImageSource | undefined =>
  imageOf({ qemu, ...more }).sources.get('qemu');

describe('parseCatalog', () => {
  it('accepts a catalog without images, and images with only an id', () => {
    expect(problemsOf({ images: [] })).toEqual([]);
    expect(imageOf({})).toEqual({
      id: 'one',
      name: 'one',
      description: '',
      tenants: null,
      minimal: { vcpus: 0, ramGB: 0, diskGB: 0 },
      defaultUser: null,
      sources: new Map(),
    });
  });

  it('accepts all members', () => {
    const parts = { name: 'Debian 12', description: 'With cloud-init', defaultUser: 'debian' };
    const image = imageOf({
      ...parts,
      tenants: ['tenant-a', 'tenant-a', 'b'],
      minimal: { vcpus: 1, diskGB: 10 },
      docker: { name: 'docker.io/library/debian:12' },
    });
    expect(image).toMatchObject({ ...parts, minimal: { vcpus: 1, ramGB: 0, diskGB: 10 } });
    expect(image.tenants).toEqual(new Set(['tenant-a', 'b']));
    expect(image.sources).toEqual(
      new Map([['docker', { kind: 'name', name: 'docker.io/library/debian:12' }]]),
    );
  });

  it('accepts a disk with a relative or an absolute path', () => {
    const disk = { file: 'debian/12.qcow2', format: 'qcow2' };
    expect(qemuOf({ disk })).toEqual({
      kind: 'disk',
      file: '/etc/images/debian/12.qcow2',
      format: 'qcow2',
      sha256: null,
      firmware: 'bios',
      guestAgent: false,
      defaultUser: null,
    });
    const elsewhere = { file: '/srv/a.raw', format: 'raw', sha256: SHA.toUpperCase() };
    expect(qemuOf({ disk: elsewhere, firmware: 'uefi', guestAgent: true }, { defaultUser: 'anna' })).toEqual({
      kind: 'disk',
      file: '/srv/a.raw',
      format: 'raw',
      sha256: SHA,
      firmware: 'uefi',
      guestAgent: true,
      defaultUser: 'anna',
    });
    expect(qemuOf({ disk: { ...disk, file: 'a/../..b.raw' } })).toMatchObject({
      file: '/etc/images/..b.raw',
    });
  });

  it('accepts a kernel with or without other parts', () => {
    const alone = {
      kind: 'kernel',
      initrd: null,
      commandLine: '',
      guestAgent: false,
      disk: null,
      sha256: {},
      defaultUser: null,
    };
    expect(qemuOf({ kernel: { file: 'vmlinuz' } })).toEqual({ ...alone, kernel: '/etc/images/vmlinuz' });
    expect(
      qemuOf({
        kernel: { file: 'vmlinuz', sha256: SHA },
        initrd: { file: 'initrd.gz' },
        disk: { file: 'root.raw', format: 'raw', sha256: SHA },
        commandLine: 'console=ttyS0',
        guestAgent: true,
      }),
    ).toEqual({
      kind: 'kernel',
      kernel: '/etc/images/vmlinuz',
      initrd: '/etc/images/initrd.gz',
      commandLine: 'console=ttyS0',
      guestAgent: true,
      disk: { file: '/etc/images/root.raw', format: 'raw' },
      sha256: { kernel: SHA, disk: SHA },
      defaultUser: null,
    });
  });

  it('sorts images by id', () => {
    const ids = ['b', 'a/b:1', 'B', 'a', '0'];
    const parsed = parse({ images: ids.map((id) => ({ id })) });
    const listed = 'catalog' in parsed ? parsed.catalog.list('t', { after: null, limit: 9 }) : [];
    expect(listed.map(({ id }) => id)).toEqual(['0', 'B', 'a', 'a/b:1', 'b']);
  });

  it.each<readonly [unknown, string]>([
    [[], 'the file must be an object'],
    [null, 'the file must be an object'],
    ['"x"', 'the file must be an object'],
    [{}, 'images is missing'],
    [{ images: {} }, 'images must be a list of at most 10000'],
    [
      { images: Array.from({ length: 10_001 }, (_, id) => ({ id: `${id}` })) },
      'images must be a list of at most 10000',
    ],
    [{ images: [], image: [] }, 'image is unknown'],
    ['{"images":[],"__proto__":1}', '__proto__ is unknown'],
    [{ images: [null] }, 'images[0] must be an object'],
    [{ images: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] }, 'images[2].id is already used by images[0]'],
    ['{"images":[{"id":"a","__proto__":{"id":"b"}}]}', 'images[0].__proto__ is unknown'],
  ])('rejects the file %j', (file, problem) => {
    expect(problemsOf(file)).toEqual([problem]);
  });

  it('rejects invalid JSON with the reason', () => {
    const [problem, ...others] = problemsOf('{"images": [,]}');
    expect(problem).toMatch(/^it is not valid JSON: Unexpected token/);
    expect(others).toEqual([]);
    expect(problemsOf('')).toHaveLength(1);
  });

  const ID = 'id must be 1 to 255 letters';
  it.each<readonly [object, string]>([
    [{ id: undefined }, 'id is missing'],
    ...[
      '',
      'a b',
      '.a',
      '/a',
      '-a',
      'a..b',
      '../../etc/passwd',
      'a/../../b',
      'ä',
      'a\0',
      'a\n',
      'a'.repeat(256),
      1,
    ].map((id) => [{ id }, ID] as const),
    [{ name: '' }, 'name must be text of 1 to 255 characters'],
    [{ description: 'x'.repeat(1001) }, 'description must be text of 1 to 1000 characters'],
    [{ tenants: 'a' }, 'tenants must be a list of at most 10000'],
    [{ tenants: ['a', 'b c'] }, 'tenants[1] must be the id of a tenant'],
    [{ minimal: 1 }, 'minimal must be an object'],
    [{ minimal: { diskGB: -1 } }, 'minimal.diskGB must be an integer from 0 to 1000000'],
    [{ minimal: { ramGB: 0.5 } }, 'minimal.ramGB must be an integer from 0 to 1000000'],
    [{ minimal: { gpus: 1 } }, 'minimal.gpus is unknown'],
    [{ defaultUser: 'Root' }, 'defaultUser must be a user name'],
    [{ defaultUser: 'a'.repeat(33) }, 'defaultUser must be a user name'],
    [{ os: 'linux' }, 'os is unknown'],
    [{ docker: 'debian' }, 'docker must be an object'],
    [{ docker: {} }, 'docker.name is missing'],
    [{ docker: { name: 'debian', tag: '12' } }, 'docker.tag is unknown'],
    [{ docker: { name: 'Debian' } }, 'docker.name must be the name of an OCI image'],
    [{ docker: { name: 'debian --privileged' } }, 'docker.name must be the name of an OCI image'],
    [{ qemu: {} }, 'qemu must have a disk or a kernel'],
    [{ qemu: { disk: {} } }, 'qemu.disk.format is missing; images[0].qemu.disk.file is missing'],
    [{ qemu: { disk: { file: 'a', format: 'vmdk' } } }, 'qemu.disk.format must be one of qcow2, raw'],
    [{ qemu: { disk: { file: 'a', format: 'raw', size: 1 } } }, 'qemu.disk.size is unknown'],
    ...['../a', 'a/../../b', '..', '.', 'a/..', '../images-of-others/a', 'a\0', '', 1].map(
      (file) =>
        [
          { qemu: { disk: { file, format: 'raw' } } },
          'qemu.disk.file must be the path of a file below',
        ] as const,
    ),
    [{ qemu: { disk: { file: 'a', format: 'raw', sha256: 'abc' } } }, 'qemu.disk.sha256 must be a SHA-256'],
    [
      { qemu: { disk: { file: 'a', format: 'raw' }, firmware: 'efi' } },
      'qemu.firmware must be one of bios, uefi',
    ],
    [
      { qemu: { disk: { file: 'a', format: 'raw' }, initrd: 1 } },
      'qemu.initrd requires an image with a kernel',
    ],
    [
      { qemu: { disk: { file: 'a', format: 'raw' }, commandLine: 1 } },
      'qemu.commandLine requires an image with a kernel',
    ],
    [{ qemu: { kernel: {} } }, 'qemu.kernel.file is missing'],
    [{ qemu: { kernel: { file: '../vmlinuz' } } }, 'qemu.kernel.file must be the path of a file below'],
    [{ qemu: { kernel: { file: 'k', format: 'raw' } } }, 'qemu.kernel.format is unknown'],
    [{ qemu: { kernel: { file: 'k' }, initrd: { file: '..' } } }, 'qemu.initrd.file must be the path'],
    [
      { qemu: { kernel: { file: 'k' }, firmware: 'uefi' } },
      'qemu.firmware requires an image without a kernel',
    ],
    [
      { qemu: { kernel: { file: 'k' }, commandLine: 'x'.repeat(2049) } },
      'qemu.commandLine must be text of 1 to 2048',
    ],
    [{ qemu: { kernel: { file: 'k' }, guestAgent: 'yes' } }, 'qemu.guestAgent must be true or false'],
    [{ qemu: { kernel: { file: 'k' }, machine: 'q35' } }, 'qemu.machine is unknown'],
  ])('rejects an image with %j', (part, problem) => {
    const problems = problemsOf({ images: [{ id: 'one', ...part }] }).join('; ');
    expect(problems.slice(0, `images[0].${problem}`.length)).toBe(`images[0].${problem}`);
    expect(problems.split('; ').length).toBe(problem.split('; ').length);
  });

  it('reports all problems at once, up to 100', () => {
    expect(problemsOf({ images: [{ id: '' }, { id: 'a', docker: {}, qemu: {} }], x: 1 })).toEqual([
      'x is unknown',
      expect.stringContaining('images[0].id must be'),
      'images[1].docker.name is missing',
      'images[1].qemu must have a disk or a kernel',
    ]);
    const many = problemsOf({ images: Array.from({ length: 150 }, () => ({})) });
    expect(many).toHaveLength(101);
    expect(many.at(-1)).toBe('and 50 more');
  });
});
