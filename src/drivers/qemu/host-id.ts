import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DriverError, type DriverHandle } from '../port/driver-call';
import type { LocalHost } from '../port/compute-driver.port';
import { namesIn, syncPath } from './files/fs';
import { asDriverError, codeOf, isNoEntry } from './qemu.errors';

const FILE = 'host-id';
const DRAFT = '.host-id.';
/** Entries of a newly created file system. */
const NOTHING = new Set(['lost+found']);
/** What operators can do if the directory has no id. */
const REMEDIES = {
  empty:
    'QEMU_DIR is missing or empty: mount it, or on an additional machine create its id: uuidgen > QEMU_DIR/host-id',
  used: 'QEMU_DIR has no host-id: restore the file, see "Host id and missing disks" in docs/operations.md',
};

/**
 * Identifies the host by an id that is stored in the directory of its machines and in every handle. A missing machine
 * counts as absent only if the two match. This detects an unmounted disk, which looks like a directory without
 * machines but has no id. The host name is unsuitable because it changes with the container.
 *
 * The id is created with the first machine, in a directory that is missing or empty, and only if this process does not
 * expect one: it has seen neither an id nor a handle with one, and was not told so.
 */
export class HostId implements LocalHost {
  private isExpected = false;

  constructor(private readonly dir: string) {}

  /**
   * @returns undefined if no machine was ever created
   * @throws {DriverError} if the handle is from another host, or the id is unreadable or unexpectedly missing
   */
  async check(handle: DriverHandle | null): Promise<string | undefined> {
    const named = handle?.data['host'];
    const found = await this.read();
    this.isExpected ||= found !== undefined || typeof named === 'string';
    if (typeof named === 'string' && named !== found) {
      throw refusal('The virtual machine is on another host, or its directory is not mounted');
    }
    if (found === undefined && (await this.remedy()) !== undefined) {
      throw refusal('The directory of the virtual machines is not mounted, or its host-id is missing');
    }
    return found;
  }

  id(): Promise<string | undefined> {
    return this.find().catch(refused);
  }

  expectId(): void {
    this.isExpected = true;
  }

  ensureId(): Promise<string> {
    return this.ensure(null).catch(refused);
  }

  /** Like `check`, but creates the id if there has never been one. */
  async ensure(handle: DriverHandle | null): Promise<string> {
    const found = (await this.check(handle)) ?? (await this.make());
    this.isExpected = true;
    return found;
  }

  private async find(): Promise<string | undefined> {
    const found = await this.read();
    this.isExpected ||= found !== undefined;
    const remedy = found === undefined ? await this.remedy() : undefined;
    if (remedy !== undefined) throw refusal(remedy);
    return found;
  }

  private async read(): Promise<string | undefined> {
    try {
      const id = (await readFile(join(this.dir, FILE), 'utf8')).trim();
      if (/^[\w.-]{1,253}$/.test(id)) return id;
    } catch (error) {
      if (isNoEntry(error)) return undefined;
      throw error;
    }
    throw refusal('The host-id in the directory of the virtual machines is unreadable');
  }

  /** The operator's remedy for a missing id; undefined if no id is expected. */
  private async remedy(): Promise<string | undefined> {
    if (!(await this.isEmpty())) return REMEDIES.used;
    return this.isExpected ? REMEDIES.empty : undefined;
  }

  private async isEmpty(): Promise<boolean> {
    const names = await namesIn(this.dir);
    return names.every((name) => NOTHING.has(name) || name === FILE || name.startsWith(DRAFT));
  }

  /** Creates the id atomically. Concurrent processes all get the same id. */
  private async make(): Promise<string> {
    await mkdir(this.dir, { recursive: true, mode: 0o711 });
    const id = randomUUID();
    const draft = join(this.dir, `${DRAFT}${id}`);
    try {
      const file = await open(draft, 'wx', 0o644);
      await file
        .writeFile(`${id}\n`)
        .then(() => file.sync())
        .finally(() => file.close());
      await link(draft, join(this.dir, FILE));
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    } finally {
      await rm(draft, { force: true });
    }
    await syncPath(this.dir);
    return (await this.read()) ?? id;
  }
}

function refused(error: unknown): never {
  throw asDriverError(error);
}

function refusal(message: string): DriverError {
  return new DriverError(message, { retryable: true });
}
