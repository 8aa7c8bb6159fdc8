import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { QemuConfig } from '../../../src/config';
import type {
  DriverCall,
  DriverHandle,
  GuestSpec,
  InstanceSpec,
  KernelImage,
  Observation,
  Purpose,
} from '../../../src/drivers';
import { NO_GUEST } from '../../../src/drivers';
import { Clock } from '../../../src/drivers/clock';
import { QemuDriver } from '../../../src/drivers/qemu/qemu.driver';
import { anInstanceSpec } from '../builders';
import { eventually } from '../eventually';
import { parseJson } from '../json';

const run = promisify(execFile);

/** Emulated, beside other tests. */
export const BOOT = { withinMs: 40_000 };
/** The last line of a guest that has done all that it does. */
export const DONE = 'UIM-GUEST-DONE';
export const GIB = 1024 ** 3;

/** What the tests need, and why they cannot run where it is missing. */
const TOOLS = ['qemu-system-x86_64', 'qemu-img', 'busybox', 'cpio', 'dpkg'];

/** Why QEMU cannot be tested on this machine; undefined where it can. */
export function whyNoQemu(): string | undefined {
  const missing = TOOLS.filter((tool) => {
    try {
      execFileSync('which', [tool], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
  return missing.length === 0 ? undefined : `${missing.join(', ')} not installed`;
}

/** The small guest; made once, which takes some seconds. */
export async function guestImage(): Promise<KernelImage> {
  const directory = process.env['ENGINES_GUEST_DIR'] ?? join(tmpdir(), 'uim-engines-guest');
  await run(join(__dirname, '../../../scripts/engines/guest-image.sh'), [directory]);
  return parseJson<KernelImage>(readFileSync(join(directory, 'images.json'), 'utf8'));
}

/** A QEMU directory of its own, and drivers on it as different processes of the service would have them. */
export class QemuEngine {
  readonly dir = mkdtempSync(join(tmpdir(), 'uim-qemu-'));

  constructor(readonly image: KernelImage) {}

  driver(parts: Partial<QemuConfig> = {}, deployment = 'test'): QemuDriver {
    return new QemuDriver({ ...this.config(), ...parts }, deployment, new Clock());
  }

  config(): QemuConfig {
    return {
      dir: this.dir,
      binary: 'qemu-system-x86_64',
      imgBinary: 'qemu-img',
      searchPath: '/usr/bin:/bin',
      accelerator: 'tcg',
      stopGraceMs: 20_000,
      network: { kind: 'isolated' },
      publishAddress: '127.0.0.1',
      user: undefined,
      consoleBytes: 65_536,
      overcommit: { cpu: 4, ram: 1, disk: 1 },
    };
  }

  instance(parts: Partial<InstanceSpec> = {}, guest: Partial<GuestSpec> = {}): InstanceSpec {
    return anInstanceSpec({
      flavor: { name: 'tiny', vcpus: 1, ramGB: 1, diskGB: 1, gpus: 0 },
      image: this.image,
      guest: { ...NO_GUEST, ...guest },
      ...parts,
    });
  }

  pathOf({ id }: InstanceSpec, file = ''): string {
    return join(this.dir, 'instances', id, file);
  }

  /** Removes all machines. */
  async empty(): Promise<void> {
    const driver = this.driver();
    const signal = AbortSignal.timeout(60_000);
    for (const { instanceId } of await driver.list(signal)) await driver.discard(instanceId, signal);
  }

  async remove(): Promise<void> {
    await this.empty();
    await rm(this.dir, { recursive: true });
  }
}

/** What the tests of one file have in common. */
export interface QemuContext {
  readonly engine: () => QemuEngine;
  readonly driver: () => QemuDriver;
  readonly inspect: (instance: InstanceSpec) => Promise<Observation>;
  /** What the console says as soon as it says this. */
  readonly consoleWith: (instance: InstanceSpec, line: string) => Promise<readonly string[]>;
  /** Creates it, and waits until its guest has done all that it does. */
  readonly booted: (instance: InstanceSpec) => Promise<readonly string[]>;
}

/** Tests with machines that really run, or one that is skipped and says why. */
export function describeQemu(title: string, body: (context: QemuContext) => void): void {
  const reason = whyNoQemu();
  if (reason !== undefined) it.skip(`${title}: ${reason}`, () => undefined);
  else describe(title, () => body(useQemu()));
}

function useQemu(): QemuContext {
  let engine: QemuEngine;
  let driver: QemuDriver;
  beforeAll(async () => {
    engine = new QemuEngine(await guestImage());
    driver = engine.driver();
  }, 120_000);
  afterEach(() => engine.empty());
  afterAll(() => engine.remove());

  const consoleWith = (instance: InstanceSpec, line: string): Promise<readonly string[]> =>
    eventually(async () => {
      const lines = await driver.tail(callOf(instance), 500);
      expect(lines).toContain(line);
      return lines;
    }, BOOT);
  return {
    engine: () => engine,
    driver: () => driver,
    inspect: (instance) => driver.inspect(callOf(instance)),
    consoleWith,
    booted: async (instance) => {
      await driver.create(callOf(instance));
      return consoleWith(instance, DONE);
    },
  };
}

export interface CallParts {
  readonly handle?: DriverHandle | null;
  readonly purpose?: Purpose;
  readonly progress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

export function callOf(instance: InstanceSpec, parts: CallParts = {}): DriverCall {
  return {
    instance,
    handle: null,
    purpose: 'create',
    progress: () => undefined,
    signal: AbortSignal.timeout(60_000),
    ...parts,
  };
}

/** Numbers of the QEMU processes that say this id on their command line. */
export async function processesOf({ id }: Pick<InstanceSpec, 'id'>): Promise<readonly number[]> {
  const { stdout } = await run('ps', ['-eww', '-o', 'pid=,stat=,args=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes(`-uuid ${id}`) && !/^\s*\d+ Z/.test(line))
    .map((line) => Number(line.trim().split(/\s+/)[0]));
}

/** The number of its one process. */
export async function pidOf(instance: InstanceSpec): Promise<number> {
  const pids = await processesOf(instance);
  expect(pids).toHaveLength(1);
  return Number(pids[0]);
}
