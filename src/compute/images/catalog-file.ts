import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Logger, type OnModuleDestroy } from '@nestjs/common';
import { fileVersion } from '../../platform/values/file-version';
import { messageOf } from '../../platform/errors/app.error';
import { IntervalTask } from '../../platform/async/interval-task';
import { ConfigurationError } from '../../platform/config';
import { Catalog } from './catalog';
import { parseCatalog, type Parsed } from './catalog.parser';

const LOOK_EVERY_MS = 1000;
const MEBI = 1024 * 1024;
const MAX_BYTES = 8 * MEBI;

type Reading = Parsed & {
  /** Changes whenever the file is modified or replaced. */
  readonly version: string;
};

export interface CatalogState {
  readonly images: number;
  /** Problems of a newer version that cannot be used; empty if the newest version is in use. */
  readonly problems: readonly string[];
}

/**
 * The catalog file, checked every second. Reading its status is cheap, also detects changes that file notifications
 * miss (network file systems, retargeted links), and needs no watcher.
 */
export class CatalogFile implements OnModuleDestroy {
  private readonly logger = new Logger('Images');
  private readonly watch: IntervalTask;
  private problems: readonly string[] = [];

  private constructor(
    private readonly path: string,
    private newest: Catalog,
    private version: string,
  ) {
    this.watch = new IntervalTask({
      intervalMs: LOOK_EVERY_MS,
      work: () => this.look(),
      failed: (error) => this.logger.error({ err: error }, 'failed to check IMAGES_FILE'),
    });
  }

  /**
   * Undefined if no file is configured.
   * @throws {ConfigurationError} that lists every problem of the file.
   */
  static async open(path: string | undefined): Promise<CatalogFile | undefined> {
    if (path === undefined) return undefined;
    const reading = await read(path);
    if ('problems' in reading) {
      throw new ConfigurationError(reading.problems.map((problem) => `IMAGES_FILE ${path}: ${problem}`));
    }
    const file = new CatalogFile(path, reading.catalog, reading.version);
    file.watch.start();
    return file;
  }

  /** The newest usable version. */
  get catalog(): Catalog {
    return this.newest;
  }

  get state(): CatalogState {
    return { images: this.newest.size, problems: this.problems };
  }

  async onModuleDestroy(): Promise<void> {
    await this.watch.stop();
  }

  private async look(): Promise<void> {
    if ((await versionOf(this.path)) === this.version) return;
    const reading = await read(this.path);
    // The file is still being changed; the next check reads it.
    if ((await versionOf(this.path)) !== reading.version) return;
    this.version = reading.version;
    if ('problems' in reading) {
      this.problems = reading.problems;
      this.logger.error(
        { problems: this.problems },
        `IMAGES_FILE is invalid, its previous content stays in use: ${this.problems.join('; ')}`,
      );
      return;
    }
    this.problems = [];
    this.newest = reading.catalog;
    this.logger.log(`IMAGES_FILE was reloaded: ${this.newest.size} images`);
  }
}

async function versionOf(path: string): Promise<string> {
  try {
    return await fileVersion(path);
  } catch (error) {
    return messageOf(error);
  }
}

async function read(path: string): Promise<Reading> {
  const version = await versionOf(path);
  try {
    return { ...parseCatalog(await textOf(path), dirname(path)), version };
  } catch (error) {
    return { problems: [messageOf(error)], version };
  }
}

/** Accepts regular files only: others may never end, or block when opened. */
async function textOf(path: string): Promise<string> {
  if (!(await stat(path)).isFile()) throw new Error('it is not a file');
  const handle = await open(path);
  try {
    const buffer = Buffer.alloc(MAX_BYTES + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
      length += bytesRead;
      if (length > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`);
      if (bytesRead === 0) break;
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, length));
  } finally {
    await handle.close();
  }
}
