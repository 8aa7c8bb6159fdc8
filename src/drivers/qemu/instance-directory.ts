import { mkdir, open, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isUuid } from '../../common/uuid';
import { DriverError } from '../compute-driver.port';
import { isNoEntry } from './failures';
import { parseState, type InstanceState } from './instance-state';
import { FILES } from './qemu.arguments';

/** Others may pass through to a directory that is theirs, and see nothing. */
const PASSABLE = 0o711;
const PRIVATE = 0o700;

/** Whom the files of machines belong to, where that is not the one of the service. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The directory of one machine, `<root>/instances/<id>`. Its path is made of the id alone, which is proved to
 * be a UUID: nothing that a user says is a part of a path.
 */
export class InstanceDirectory {
  readonly path: string;
  private readonly draft: string;

  /** @throws {DriverError} for an id that is none of ours */
  constructor(
    root: string,
    readonly id: string,
  ) {
    if (!isUuid(id)) throw new DriverError('The id of the instance is not valid', { retryable: false });
    this.path = join(root, 'instances', id);
    this.draft = join(root, 'instances', `.${id}.new`);
  }

  file(name: keyof typeof FILES): string {
    return join(this.path, FILES[name]);
  }

  /** The directory comes into being with its state in it, so that whatever is there says whose it is. */
  async make(state: InstanceState): Promise<void> {
    await rm(this.draft, { recursive: true, force: true });
    await mkdir(join(this.draft, '..'), { recursive: true, mode: PASSABLE });
    await mkdir(this.draft, { mode: PRIVATE });
    await writeFile(join(this.draft, FILES.state), JSON.stringify(state), { mode: 0o600, flush: true });
    await rename(this.draft, this.path);
  }

  /**
   * Undefined where there is no such machine.
   * @throws {DriverError} where there is one that says nothing we understand: it is not absent
   */
  async readState(): Promise<InstanceState | undefined> {
    const text = await this.readStateFile();
    if (text === undefined) return undefined;
    const state = parseState(text);
    if (state) return state;
    throw new DriverError('The virtual machine was made by another version of the driver', {
      retryable: true,
    });
  }

  async exists(): Promise<boolean> {
    return (await this.readStateFile()) !== undefined;
  }

  private async readStateFile(): Promise<string | undefined> {
    try {
      return await readFile(this.file('state'), 'utf8');
    } catch (error) {
      if (isNoEntry(error)) return undefined;
      throw error;
    }
  }

  async writeState(state: InstanceState): Promise<void> {
    const next = `${this.file('state')}.new`;
    await writeFile(next, JSON.stringify(state), { mode: 0o600, flush: true });
    await rename(next, this.file('state'));
  }

  /** Removes it with all that is in it. Links are removed, not followed. */
  async remove(): Promise<void> {
    await rm(this.draft, { recursive: true, force: true });
    await rm(this.path, { recursive: true, force: true });
  }

  /** What is left of a process that has ended. */
  async sweep(): Promise<void> {
    for (const name of ['qmp', 'vnc', 'pid'] as const) await rm(this.file(name), { force: true });
  }

  /** As the kernel names it: links in the path to it are resolved. */
  realPath(): Promise<string> {
    return realpath(this.path);
  }

  /**
   * Gives `work` a name of the socket that is short enough to be connected to, wherever the directory is:
   * an address of a socket ends after 107 bytes.
   */
  async withSocket<T>(name: 'qmp' | 'vnc', work: (path: string) => Promise<T>): Promise<T> {
    const directory = await open(this.path);
    try {
      return await work(`/proc/self/fd/${directory.fd}/${FILES[name]}`);
    } finally {
      await directory.close();
    }
  }
}

/** The ids of all machines below a root. */
export async function idsBelow(root: string): Promise<readonly string[]> {
  try {
    return (await readdir(join(root, 'instances'))).filter(isUuid);
  } catch (error) {
    if (isNoEntry(error)) return [];
    throw error;
  }
}
