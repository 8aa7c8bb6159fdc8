import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { CatalogSection } from '../../port/catalog-section';
import type { DiskImage, ImageSource, KernelImage } from '../../port/driver-call';
import type { CatalogContext } from '../../port/driver-plugin';

const FORMATS = ['qcow2', 'raw'] as const;
const FIRMWARES = ['bios', 'uefi'] as const;
const MAX_PATH = 4096;
const MAX_COMMAND_LINE = 2048;
const SHA256 = /^[0-9a-fA-F]{64}$/;

interface File {
  readonly file: string;
  readonly sha256: string | null;
}

type Disk = File & Pick<DiskImage, 'format'>;

/** A kernel with or without a disk, or a bootable disk; undefined if invalid, with the problems reported. */
export function readQemuImage(section: CatalogSection, context: CatalogContext): ImageSource | undefined {
  const source = section.has('kernel') ? kernelOf(section, context) : diskOf(section, context);
  section.end();
  return source;
}

function diskOf(section: CatalogSection, { directory, defaultUser }: CatalogContext): DiskImage | undefined {
  section.refuses('initrd', 'requires an image with a kernel');
  section.refuses('commandLine', 'requires an image with a kernel');
  const firmware = section.choice('firmware', FIRMWARES) ?? 'bios';
  if (!section.has('disk')) section.report(`${section.path} must have a disk or a kernel`);
  const disk = readDisk(section, directory);
  const guestAgent = section.flag('guestAgent') ?? false;
  return disk && { kind: 'disk', ...disk, firmware, guestAgent, defaultUser };
}

function kernelOf(
  section: CatalogSection,
  { directory, defaultUser }: CatalogContext,
): KernelImage | undefined {
  section.refuses('firmware', 'requires an image without a kernel');
  const kernel = readFile(section.section('kernel'), directory);
  const initrd = readFile(section.section('initrd'), directory);
  const disk = readDisk(section, directory);
  const commandLine = section.text('commandLine', { max: MAX_COMMAND_LINE }) ?? '';
  const guestAgent = section.flag('guestAgent') ?? false;
  if (!kernel) return undefined;
  return {
    kind: 'kernel',
    kernel: kernel.file,
    initrd: initrd?.file ?? null,
    ...{ commandLine, guestAgent },
    disk: disk ? { file: disk.file, format: disk.format } : null,
    sha256: {
      ...hash('kernel', kernel),
      ...hash('initrd', initrd),
      ...hash('disk', disk),
    },
    defaultUser,
  };
}

function hash(name: string, file: File | undefined): Record<string, string> {
  return typeof file?.sha256 === 'string' ? { [name]: file.sha256 } : {};
}

function readDisk(parent: CatalogSection, directory: string): Disk | undefined {
  const section = parent.section('disk');
  if (!section) return undefined;
  const format = section.requires('format') ? section.choice('format', FORMATS) : undefined;
  const file = readFile(section, directory);
  return file && format && { ...file, format };
}

function readFile(section: CatalogSection | undefined, directory: string): File | undefined {
  if (!section) return undefined;
  const path = section.requires('file')
    ? section.text('file', {
        max: MAX_PATH,
        isValid: (text) => isAbsolute(text) || isInside(resolve(directory, text), directory),
        what: 'the path of a file below the directory of the catalog, or an absolute path',
      })
    : undefined;
  const sha256 = section.text('sha256', {
    max: 64,
    isValid: (text) => SHA256.test(text),
    what: 'a SHA-256 of 64 hexadecimal digits',
  });
  section.end();
  if (path === undefined) return undefined;
  return { file: resolve(directory, path), sha256: sha256?.toLowerCase() ?? null };
}

/** Does not resolve symbolic links: they are the operator's and may point elsewhere. */
function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
