import { chmod, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isUuid } from '../../../platform/values/uuid';
import { DriverError } from '../../port/driver-call';
import { usedBytes } from '../files/copy';
import { syncPath } from '../files/fs';
import { draftOf } from '../files/instance-directory';
import { removeMachine } from '../files/trash';
import { isNoEntry } from '../qemu.errors';
import { parseSnapshotState, type SnapshotState } from './snapshot-state';

const STATE = 'snapshot.json';
const PRIVATE = 0o700;

/** Files of a snapshot, with the names that they have in the directory of a machine. */
export const PARTS = { disk: 'disk.qcow2', efiVariables: 'efivars.fd', memory: 'memory.qcow2' } as const;

export type Part = keyof typeof PARTS;

/** The parts that are copied. */
export function disksOf({ hasEfiVariables }: SnapshotState): readonly Part[] {
  return hasEfiVariables ? ['disk', 'efiVariables'] : ['disk'];
}

/** The directory of one snapshot, `<root>/snapshots/<id>`. Only the service can access it, not the user of QEMU. */
export class SnapshotDirectory {
  private readonly path: string;
  private readonly draft: string;

  /** @throws {DriverError} if the id is not a UUID */
  constructor(
    private readonly root: string,
    readonly id: string,
  ) {
    if (!isUuid(id)) throw new DriverError('The id of the snapshot is not valid', { retryable: false });
    this.path = join(root, 'snapshots', id);
    this.draft = join(root, 'snapshots', draftOf(id));
  }

  file(part: Part): string {
    return join(this.path, PARTS[part]);
  }

  /**
   * Creates the directory with its state file atomically, even if the host loses power meanwhile.
   * @param fill puts the files into the given directory
   */
  async make(fill: (directory: string) => Promise<SnapshotState>): Promise<void> {
    const all = join(this.path, '..');
    await mkdir(all, { recursive: true, mode: PRIVATE });
    await mkdir(this.draft, { mode: PRIVATE });
    // `mkdir` applies the umask of the service; `chmod` does not.
    for (const each of [all, this.draft]) await chmod(each, PRIVATE);
    const state = await fill(this.draft);
    await writeFile(join(this.draft, STATE), JSON.stringify(state), { mode: 0o600 });
    const files = (await readdir(this.draft)).map((name) => join(this.draft, name));
    await Promise.all([...files, this.draft].map((path) => syncPath(path)));
    await rename(this.draft, this.path);
    await syncPath(all);
    await syncPath(this.root);
  }

  /**
   * @returns undefined if the snapshot does not exist
   * @throws {DriverError} if the state cannot be parsed: such a snapshot must not count as absent
   */
  async readState(): Promise<SnapshotState | undefined> {
    const text = await readFile(join(this.path, STATE), 'utf8').catch((error: unknown) => {
      if (isNoEntry(error)) return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    const state = parseSnapshotState(text);
    if (state) return state;
    throw new DriverError('The snapshot was taken by another version of the driver', { retryable: true });
  }

  async sizeBytes(): Promise<number> {
    return usedBytes((await readdir(this.path)).map((name) => join(this.path, name)));
  }

  async remove(): Promise<void> {
    await this.removeDraft();
    await removeMachine(this.root, { id: this.id, path: this.path });
  }

  /** Removes what an interrupted attempt left behind. */
  async removeDraft(): Promise<void> {
    await removeMachine(this.root, { id: this.id, path: this.draft });
  }
}
