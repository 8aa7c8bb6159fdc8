const SECTOR = 512;
/** The geometry of a 1.44 MB floppy, which every system can read. */
const SECTORS = 2880;
const FAT_SECTORS = 9;
const ROOT_ENTRIES = 224;
const ENTRY = 32;
const ROOT_AT = SECTOR * (1 + 2 * FAT_SECTORS);
const DATA_AT = ROOT_AT + ROOT_ENTRIES * ENTRY;
const CLUSTERS = SECTORS - DATA_AT / SECTOR;
const END_OF_CHAIN = 0xfff;
const CHARACTERS_PER_ENTRY = 13;
/** Offsets of the characters of a long name within its directory entry. */
const CHARACTERS_AT = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

/** Size of every image. */
export const FAT_IMAGE_BYTES = SECTORS * SECTOR;

export interface FatFile {
  /** ASCII, without a path; keeps its case and length. */
  readonly name: string;
  readonly content: Buffer;
}

/** The files do not fit into the image. */
export class FatImageFullError extends Error {
  override readonly name = 'FatImageFullError';
}

/**
 * A FAT12 volume with a few files in its root directory. It contains no dates, so the same files give the same image.
 * @param label at most 11 capital letters
 * @throws {FatImageFullError} above about 1.4 MB
 */
export function fatImage(label: string, files: readonly FatFile[]): Buffer {
  const image = Buffer.alloc(FAT_IMAGE_BYTES);
  writeBootSector(image, label);
  const table = [0xff0, END_OF_CHAIN];
  const root = [volumeEntry(label)];
  for (const [index, file] of files.entries()) {
    const first = table.length;
    const clusters = Math.ceil(file.content.length / SECTOR);
    if (first - 2 + clusters > CLUSTERS) throw new FatImageFullError('the files do not fit');
    for (let cluster = 1; cluster <= clusters; cluster++) {
      table.push(cluster === clusters ? END_OF_CHAIN : first + cluster);
    }
    file.content.copy(image, DATA_AT + (first - 2) * SECTOR);
    root.push(...entriesOf(file, index, clusters === 0 ? 0 : first));
  }
  if (root.length > ROOT_ENTRIES) throw new FatImageFullError('too many files');
  Buffer.concat(root).copy(image, ROOT_AT);
  const packed = pack(table);
  packed.copy(image, SECTOR);
  packed.copy(image, SECTOR * (1 + FAT_SECTORS));
  return image;
}

function writeBootSector(image: Buffer, label: string): void {
  image.set([0xeb, 0x3c, 0x90]);
  image.write('MSDOS5.0', 3, 'latin1');
  image.writeUInt16LE(SECTOR, 11);
  image.writeUInt8(1, 13); // sectors per cluster
  image.writeUInt16LE(1, 14); // reserved sectors before the first FAT
  image.writeUInt8(2, 16); // number of FATs
  image.writeUInt16LE(ROOT_ENTRIES, 17);
  image.writeUInt16LE(SECTORS, 19);
  image.writeUInt8(0xf0, 21);
  image.writeUInt16LE(FAT_SECTORS, 22);
  image.writeUInt16LE(18, 24); // sectors per track
  image.writeUInt16LE(2, 26); // heads
  image.writeUInt8(0x29, 38); // serial number, label and type follow
  image.writeUInt32LE(0x55_49_4d_31, 39);
  image.write(label.padEnd(11), 43, 'latin1');
  image.write('FAT12   ', 54, 'latin1');
  image.writeUInt16LE(0xaa55, 510);
}

function volumeEntry(label: string): Buffer {
  const entry = Buffer.alloc(ENTRY);
  entry.write(label.padEnd(11), 0, 'latin1');
  entry.writeUInt8(0x08, 11);
  return entry;
}

/** Returns the entries of the long name, last part first, then the entry with the short name. */
function entriesOf(file: FatFile, index: number, firstCluster: number): Buffer[] {
  const entry = Buffer.alloc(ENTRY);
  entry.write(`F${String(index).padStart(7, '0')}   `, 0, 'latin1');
  entry.writeUInt8(0x20, 11);
  entry.writeUInt16LE(firstCluster, 26);
  entry.writeUInt32LE(file.content.length, 28);
  return [...longNameEntries(file.name, checksumOf(entry)), entry];
}

function longNameEntries(name: string, checksum: number): Buffer[] {
  const parts = Math.ceil(name.length / CHARACTERS_PER_ENTRY);
  return Array.from({ length: parts }, (_, position) => {
    const part = parts - position;
    const entry = Buffer.alloc(ENTRY);
    entry.writeUInt8(part === parts ? part | 0x40 : part, 0);
    entry.writeUInt8(0x0f, 11);
    entry.writeUInt8(checksum, 13);
    for (const [offset, at] of CHARACTERS_AT.entries()) {
      const character = (part - 1) * CHARACTERS_PER_ENTRY + offset;
      const isBeyond = character > name.length;
      entry.writeUInt16LE(isBeyond ? 0xffff : name.charCodeAt(character) || 0, at);
    }
    return entry;
  });
}

function checksumOf(entry: Buffer): number {
  let sum = 0;
  for (const byte of entry.subarray(0, 11)) sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
  return sum;
}

/** Packs two 12-bit numbers into three bytes each. */
function pack(table: readonly number[]): Buffer {
  const packed = Buffer.alloc(FAT_SECTORS * SECTOR);
  for (const [index, value] of table.entries()) {
    const at = Math.floor((index * 3) / 2);
    const both = packed.readUInt16LE(at);
    packed.writeUInt16LE(index % 2 === 0 ? both | value : both | (value << 4), at);
  }
  return packed;
}
