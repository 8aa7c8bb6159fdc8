import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { parseRecord } from '../../../platform/values/records';
import { isNoEntry } from '../qemu.errors';
import { copyRegular, giveTo } from '../files/copy';
import { namesIn, syncPath } from '../files/fs';
import type { InstanceDirectory } from '../files/instance-directory';
import type { InstanceState } from '../machine/instance-state';
import type { QemuHost } from '../qemu.host';
import { disksOf, PARTS, type Part, type SnapshotDirectory } from './snapshot-directory';
import type { SnapshotState } from './snapshot-state';

const STATE = 'instance.json';

export interface Restoring {
  readonly host: QemuHost;
  readonly directory: InstanceDirectory;
  readonly source: SnapshotDirectory;
  readonly snapshot: SnapshotState;
  /** Of the machine, with the files of the snapshot. */
  readonly state: InstanceState;
}

/**
 * Replaces files and state of a stopped machine together, even if the service or the host crashes: the rename of the
 * directory with the copies decides. From then on, each change of the machine begins with `finishRestore`.
 */
export async function restoreParts(
  { host, directory, source, snapshot, state }: Restoring,
  signal: AbortSignal,
): Promise<void> {
  const draft = directory.own('restoring');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  try {
    const disks = disksOf(snapshot);
    await copyParts(host, { source, parts: disks, to: draft }, signal);
    if (state.resumes) await linkMemory(host, source, join(draft, PARTS.memory));
    await writeFile(join(draft, STATE), JSON.stringify(state), { mode: 0o600 });
    const files = (await readdir(draft)).map((name) => join(draft, name));
    await Promise.all([...files, draft].map((path) => syncPath(path)));
    await giveTo(
      host.owner,
      disks.map((part) => join(draft, PARTS[part])),
    );
    signal.throwIfAborted();
    await rename(draft, directory.own('restored'));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  await syncPath(directory.path);
  await finishRestore(directory);
}

/** Moves files that a restore has prepared into place. Can be repeated. Requires the lock of the machine. */
export async function finishRestore(directory: InstanceDirectory): Promise<void> {
  const restored = directory.own('restored');
  if (!(await isThere(restored))) return;
  const names = await namesIn(restored);
  if (names.includes(STATE)) {
    const { resumes } = parseRecord(await readFile(join(restored, STATE), 'utf8'));
    // There may be one of an earlier restore that was never used.
    if (resumes === null) await rm(directory.own('memory'), { force: true });
  }
  // The disk is the last one that is moved to the machine, and the state comes after it.
  const files = names.filter((name) => name !== STATE && name !== PARTS.disk);
  for (const name of [...files, ...names.filter((each) => each === PARTS.disk)]) {
    const target = name === PARTS.memory ? directory.own('memory') : join(directory.work, name);
    // A link to the same file would not be replaced.
    await rm(target, { force: true });
    await rename(join(restored, name), target);
  }
  await syncPath(directory.work);
  if (names.includes(STATE)) await rename(join(restored, STATE), directory.own('state'));
  await syncPath(directory.path);
  await rmdir(restored);
}

/** Copies files of a snapshot to a directory that only the service can access. */
export async function copyParts(
  { config: { searchPath } }: Pick<QemuHost, 'config'>,
  {
    source,
    parts,
    to,
  }: { readonly source: SnapshotDirectory; readonly parts: readonly Part[]; readonly to: string },
  signal: AbortSignal,
): Promise<void> {
  for (const part of parts) {
    await copyRegular(source.file(part), join(to, PARTS[part]), { signal, searchPath });
  }
}

/** Gives a machine the memory of a snapshot, which QEMU only reads, without a copy: it is large, and used once. */
export async function linkMemory(
  { owner }: Pick<QemuHost, 'owner'>,
  source: SnapshotDirectory,
  target: string,
): Promise<void> {
  const memory = source.file('memory');
  // Its directory is closed to the user of QEMU, so the group matters only for the link.
  if (owner && process.getuid?.() === 0) {
    await chown(memory, 0, owner.gid);
    await chmod(memory, 0o640);
  }
  await link(memory, target);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isNoEntry(error)) return false;
    throw error;
  }
}
