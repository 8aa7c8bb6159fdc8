import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { QemuConfig as QemuConfigClass } from '../../../src/drivers/qemu/qemu.config';
import type { GuestSpec, InstanceSpec, KernelImage, Observation } from '../../../src/drivers';
import { NO_GUEST } from '../../../src/drivers';
import { Clock } from '../../../src/platform/async/clock';
import { QemuDriver } from '../../../src/drivers/qemu/qemu.driver';
import { parseCatalog } from '../../../src/compute/images/catalog.parser';
import { anInstanceSpec, callFor } from '../builders';
import { describeWhere } from '../describe-where';
import { eventually } from '../eventually';
import { notInstalled } from './engine';
import { GUEST_IMAGE, guestImages } from './guest-images';
import { guestsOf } from './guests';

/** Allows for emulation next to other tests. */
export const BOOT = { withinMs: 40_000 };
/** Last line that a guest prints when it is done. */
export const DONE = 'UIM-GUEST-DONE';
export const GIB = 1024 ** 3;

/** Programs that the tests need. */
const TOOLS = ['qemu-system-x86_64', 'qemu-img', 'busybox', 'cpio', 'dpkg'];

/** Why QEMU cannot be tested on this machine, or undefined. */
export const QEMU_MISSING = notInstalled(TOOLS);

/** The small guest. It is built once, which takes some seconds. */
export async function guestImage(): Promise<KernelImage> {
  const file = await guestImages();
  const parsed = parseCatalog(readFileSync(file, 'utf8'), dirname(file));
  if ('problems' in parsed) throw new Error(`${file}: ${parsed.problems.join('; ')}`);
  const image = parsed.catalog.find(GUEST_IMAGE)?.sources.get('qemu');
  if (image?.kind !== 'kernel') throw new Error(`${file} has no kernel image ${GUEST_IMAGE}`);
  return image;
}

type QemuConfig = Pick<QemuConfigClass, keyof QemuConfigClass>;

/** A QEMU directory, and drivers on it like those of several service processes. */
export class QemuEngine {
  constructor(
    readonly image: KernelImage,
    readonly dir = mkdtempSync(join(tmpdir(), 'uim-qemu-')),
  ) {}

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
      requestedPorts: undefined,
      user: undefined,
      hotplug: { vcpus: 4, ramGB: 4 },
      consoleBytes: 65_536,
      allocationRatios: { cpu: 4, ram: 1, disk: 1 },
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

  /** Removes all machines and snapshots. */
  async empty(): Promise<void> {
    const driver = this.driver();
    const signal = AbortSignal.timeout(60_000);
    for (const { instanceId } of await driver.list(signal)) await driver.discard(instanceId, signal);
    await rm(join(this.dir, 'snapshots'), { recursive: true, force: true });
  }

  async remove(): Promise<void> {
    await this.empty();
    await rm(this.dir, { recursive: true });
  }
}

/** Shared by the tests of one file. */
export interface QemuContext {
  readonly engine: () => QemuEngine;
  readonly driver: () => QemuDriver;
  readonly inspect: (instance: InstanceSpec) => Promise<Observation>;
  /** Returns the console once it contains the line. */
  readonly consoleWith: (instance: InstanceSpec, line: string) => Promise<readonly string[]>;
  /** Creates the instance, waits until its guest is done, and returns the console. */
  readonly booted: (instance: InstanceSpec) => Promise<readonly string[]>;
}

/** Runs tests with real virtual machines, or skips them with the reason. */
export function describeQemu(title: string, body: (context: QemuContext) => void): void {
  describeWhere(QEMU_MISSING, title, () => body(useQemu()));
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
      const lines = await driver.tail(callFor(instance), 500);
      expect(lines).toContain(line);
      return lines;
    }, BOOT);
  return {
    engine: () => engine,
    driver: () => driver,
    inspect: (instance) => driver.inspect(callFor(instance)),
    consoleWith,
    booted: async (instance) => {
      await driver.create(callFor(instance));
      return consoleWith(instance, DONE);
    },
  };
}

/** The pid of its only process. */
export function pidOf({ id }: Pick<InstanceSpec, 'id'>): number {
  const guests = guestsOf(id);
  expect(guests).toHaveLength(1);
  return Number(guests[0]?.pid);
}
