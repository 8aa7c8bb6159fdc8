import Docker from 'dockerode';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FailpointName } from '../../../src/platform/failpoints';
import type { Client } from '../client';
import { startDockerd, type Engine } from './index';
import { EngineFixture } from './engine-fixture';
import { guestImages } from './guest-images';
import { guestsOf } from './guests';

/** How often a suite kills the service at each failpoint. */
export const KILL_ROUNDS = Number(process.env['KILL_ROUNDS'] ?? '1');

const CRASH = `--require ${join(__dirname, '..', 'crash-at.cjs')}`;

/** Docker Engine, and a service that uses it and QEMU and dies at failpoints. */
export class DoomedEngines {
  readonly docker: Docker;

  private constructor(
    readonly engine: Engine,
    readonly fixture: EngineFixture,
    private readonly directory: string,
  ) {
    this.docker = new Docker({ socketPath: engine.socket });
  }

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<DoomedEngines> {
    const directory = mkdtempSync(join(tmpdir(), 'compute-crash-'));
    const engine = await startDockerd();
    const fixture = await EngineFixture.start({
      socket: engine.socket,
      imagesFile: await guestImages(),
      environment: {
        QEMU_STOP_SECONDS: '1',
        NODE_OPTIONS: CRASH,
        CRASH_AT_FILE: join(directory, 'crash-at'),
        ...environment,
      },
    });
    return new DoomedEngines(engine, fixture, directory);
  }

  as(tenantId: string): Client {
    return this.fixture.as(tenantId);
  }

  /** Sends requests, one of which must reach the failpoint: the service dies there, and starts again. */
  async dieAt(at: FailpointName, send: () => readonly Promise<unknown>[]): Promise<void> {
    const crashAt = join(this.directory, 'crash-at');
    const { died } = this.fixture.service;
    writeFileSync(crashAt, at);
    await Promise.allSettled([...send(), died]);
    rmSync(crashAt);
    await this.fixture.startAgain();
  }

  /** Number of guests with a QEMU process. */
  get machines(): number {
    return this.fixture.remains.flatMap((id) => guestsOf(id)).length;
  }

  /** States of all containers. */
  async containers(): Promise<readonly string[]> {
    return (await this.docker.listContainers({ all: true })).map(({ State }) => State);
  }

  async close(): Promise<void> {
    await this.fixture.close();
    await this.engine.stop();
    rmSync(this.directory, { recursive: true });
  }
}
