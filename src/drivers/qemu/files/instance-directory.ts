import {
  chmod,
  chown,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { isUuid } from '../../../platform/values/uuid';
import { DriverError } from '../../port/driver-call';
import { namesIn, syncPath } from './fs';
import { isNoEntry } from '../qemu.errors';
import { parseState, type InstanceState } from '../machine/instance-state';
import { FILES } from '../machine/qemu.arguments';
import { removeMachine } from './trash';

/** Files that only the service writes, apart from `memoryOverlay`. A guest that escapes its emulator cannot replace them with links. */
const OWN_FILES = {
  state: 'instance.json',
  log: 'qemu.log',
  console: 'console.log',
  olderConsole: 'console.1.log',
  /** The memory that the next start loads, shared with its snapshot; QEMU can only read it. */
  memory: 'memory.qcow2',
  /** What QEMU writes while it loads the memory. */
  memoryOverlay: 'memory-overlay.qcow2',
  /** Notes what an interrupted snapshot may have left. */
  taking: 'taking.json',
  /** Directory with the files that a restore replaces; see `restoring.ts`. */
  restored: 'restored',
  restoring: 'restored.new',
} as const;
/** Exists beside them while QEMU connects to it. */
export const CONSOLE_SOCKET = 'console.sock';
const WORK = 'work';

/** Other users can pass through to a directory they own, but cannot list this one. */
const PASSABLE = 0o711;
const PRIVATE = 0o700;

/** Owner of the machines' files, if it is not the user of the service. */
export interface UnixUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The directory of one machine, `<root>/instances/<id>`. The id is checked to be a UUID, so no user input becomes part
 * of a path.
 */
export class InstanceDirectory {
  readonly path: string;
  /** Working directory of its process, with its disks and sockets. */
  readonly work: string;
  private readonly draft: string;

  /** @throws {DriverError} if the id is not a UUID */
  constructor(
    private readonly root: string,
    readonly id: string,
  ) {
    if (!isUuid(id)) throw new DriverError('The id of the instance is not valid', { retryable: false });
    this.path = join(root, 'instances', id);
    this.work = join(this.path, WORK);
    this.draft = join(root, 'instances', draftOf(id));
  }

  /** Path of a file that only the service writes. */
  own(name: keyof typeof OWN_FILES): string {
    return join(this.path, OWN_FILES[name]);
  }

  file(name: keyof typeof FILES): string {
    return join(this.work, FILES[name]);
  }

  /**
   * Creates the directory with its state file atomically, even if the host loses power meanwhile.
   * @param owner owner of the disks, if it is not the user of the service
   * @param fill puts the disks into the given directory
   */
  async make(
    state: InstanceState,
    owner: UnixUser | undefined,
    fill: (work: string) => Promise<void>,
  ): Promise<void> {
    const all = join(this.path, '..');
    const work = join(this.draft, WORK);
    await mkdir(all, { recursive: true, mode: PASSABLE });
    // `mkdir` applies the umask of the service; `chmod` does not.
    if (owner) for (const each of [all, join(all, '..')]) await chmod(each, PASSABLE);
    await mkdir(work, { recursive: true, mode: PRIVATE });
    await chmod(this.draft, owner ? PASSABLE : PRIVATE);
    const own = join(this.draft, OWN_FILES.state);
    await Promise.all([writeFile(own, JSON.stringify(state), { mode: 0o600 }), fill(work)]);
    const disks = (await readdir(work)).map((name) => join(work, name));
    await Promise.all([own, ...disks, work, this.draft].map((path) => syncPath(path)));
    // The directory comes last: its new owner can replace the files in it with links.
    if (owner) for (const each of [...disks, work]) await chown(each, owner.uid, owner.gid);
    await rename(this.draft, this.path);
  }

  /**
   * @returns undefined if the machine does not exist
   * @throws {DriverError} if the state cannot be parsed: such a machine must not count as absent
   */
  async readState(): Promise<InstanceState | undefined> {
    const text = await this.readStateFile();
    if (text === undefined) return undefined;
    const state = parseState(text);
    if (state) return state;
    throw new DriverError('The virtual machine was created by another version of the driver', {
      retryable: true,
    });
  }

  private async readStateFile(): Promise<string | undefined> {
    try {
      return await readFile(this.own('state'), 'utf8');
    } catch (error) {
      if (isNoEntry(error)) return undefined;
      throw error;
    }
  }

  /** Replaces the state file atomically. `sync` makes it durable. */
  async writeState(state: InstanceState): Promise<void> {
    const next = `${this.own('state')}.new`;
    await writeFile(next, JSON.stringify(state), { mode: 0o600 });
    await rename(next, this.own('state'));
  }

  /** Makes the directory and its state file durable. */
  async sync(): Promise<void> {
    for (const path of [this.own('state'), this.path, join(this.path, '..')]) await syncPath(path);
  }

  /** Removes the directory, its content, and any draft of it. */
  async remove(): Promise<void> {
    await this.removeDraft();
    await removeMachine(this.root, this);
  }

  /** Removes what an interrupted creation left behind. */
  async removeDraft(): Promise<void> {
    await removeMachine(this.root, { id: this.id, path: this.draft });
  }

  /** Removes the sockets and pid file of a process that has ended. */
  async sweep(): Promise<void> {
    for (const name of ['qmp', 'events', 'vnc', 'agent', 'pid'] as const)
      await rm(this.file(name), { force: true });
  }

  /** Working directory with links resolved, as in `/proc/<pid>/cwd`. */
  realPath(): Promise<string> {
    return realpath(this.work);
  }

  /**
   * Calls `work` with a short path of the socket, because a socket address is limited to 107 bytes and the directory's
   * path may be longer.
   */
  async withSocket<T>(
    name: 'qmp' | 'events' | 'vnc' | 'agent',
    work: (path: string) => Promise<T>,
  ): Promise<T> {
    const directory = await open(this.work);
    try {
      return await work(`/proc/self/fd/${directory.fd}/${FILES[name]}`);
    } finally {
      await directory.close();
    }
  }
}

/** Name of the directory of a machine or snapshot that is being made. */
export const draftOf = (id: string): string => `.${id}.new`;

/** The ids of all machines below a root. */
export async function idsBelow(root: string): Promise<readonly string[]> {
  return (await namesIn(join(root, 'instances'))).filter(isUuid);
}

/** Unfinished directories by instance id, each with a version that changes when a file is added to it. */
export async function draftsIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const drafts = new Map<string, string>();
  for (const name of await namesIn(folder)) {
    const id = name.slice(1, -'.new'.length);
    if (!isUuid(id) || name !== draftOf(id)) continue;
    const version = await versionOf(join(folder, name));
    if (version !== undefined) drafts.set(id, version);
  }
  return drafts;
}

async function versionOf(path: string): Promise<string | undefined> {
  try {
    const { ino, mtimeMs } = await lstat(path);
    const files = await Promise.all(
      (await readdir(path, { recursive: true })).map((name) => lstat(join(path, name))),
    );
    // A file that grows is not abandoned.
    return [ino, mtimeMs, ...files.map(({ size }) => size)].join(' ');
  } catch (error) {
    if (isNoEntry(error)) return undefined;
    throw error;
  }
}
