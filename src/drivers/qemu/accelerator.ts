import { constants } from 'node:fs';
import { access, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QemuConfig } from './qemu.config';
import { codeOf } from './qemu.errors';
import type { Accelerator } from './machine/instance-state';
import type { UnixUser } from './files/instance-directory';
import { exec, ExecError } from './files/exec';

const TRIAL_SECONDS = 3;
const DEVICE = '/dev/kvm';
/** `mov al, 0x10; out 0xf4, al; hlt; jmp $`: the exit device turns 0x10 into exit code 33. */
const PROGRAM = [0xb0, 0x10, 0xe6, 0xf4, 0xf4, 0xeb, 0xfd];
const EXPECTED_EXIT = 33;

type TrialConfig = Pick<QemuConfig, 'accelerator' | 'binary' | 'searchPath'>;

export interface Acceleration {
  readonly accelerator: Accelerator;
  /** Why KVM is not used, if it was tried; null otherwise. */
  readonly reason: string | null;
}

/**
 * Chooses between KVM and emulation. Opening /dev/kvm is not a sufficient test: under some hypervisors, KVM guests
 * never make progress. So the probe boots a test sector once, which must exit within three seconds.
 */
export class AcceleratorProbe {
  private known: Promise<Acceleration> | undefined;
  private found: Acceleration | undefined;

  /** @param owner the user that machines run as; also needs access to /dev/kvm */
  constructor(
    private readonly config: TrialConfig,
    private readonly owner: UnixUser | undefined,
  ) {}

  /** Probes once; the result is kept for the life of the process. */
  get(): Promise<Acceleration> {
    this.known ??= this.find().then((found) => (this.found = found));
    return this.known;
  }

  /** Describes the result without waiting for it. Starts the probe if necessary. */
  describe(): string {
    void this.get();
    if (!this.found) return 'KVM is being tested';
    const { accelerator, reason } = this.found;
    return `${accelerator.toUpperCase()}${reason === null ? '' : `: ${reason}`}`;
  }

  private async find(): Promise<Acceleration> {
    const { accelerator } = this.config;
    if (accelerator !== 'auto') return { accelerator, reason: null };
    const reason =
      (await whyNotOpen()) ??
      (await whyNotBooting(this.config, this.owner).catch(() => 'KVM could not be tested'));
    return { accelerator: reason === null ? 'kvm' : 'tcg', reason };
  }
}

async function whyNotOpen(): Promise<string | null> {
  try {
    await access(DEVICE, constants.R_OK | constants.W_OK);
    return null;
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'KVM is not available' : 'permission to use KVM is missing';
  }
}

async function whyNotBooting(config: TrialConfig, owner: UnixUser | undefined): Promise<string | null> {
  // Not in the directory of the machines: nothing is written there before its host id is checked.
  const dir = await mkdtemp(join(tmpdir(), 'uim-kvm-'));
  try {
    return await whyNotBootingIn(dir, config, owner);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function whyNotBootingIn(
  dir: string,
  config: TrialConfig,
  owner: UnixUser | undefined,
): Promise<string | null> {
  const sector = await writeBootSector(dir);
  // `timeout` ends QEMU even if this process is killed meanwhile.
  const bounded = ['-s', 'KILL', String(TRIAL_SECONDS), config.binary, ...trial(sector)];
  const signal = new AbortController().signal;
  try {
    const timeoutMs = (TRIAL_SECONDS + 2) * 1000;
    await exec('timeout', bounded, { owner, timeoutMs, signal, searchPath: config.searchPath });
    return 'KVM does not boot';
  } catch (error) {
    return error instanceof ExecError && error.exitCode === EXPECTED_EXIT ? null : 'KVM does not boot';
  }
}

/** Makes the file readable for the user that machines run as. */
async function writeBootSector(dir: string): Promise<string> {
  const sector = Buffer.alloc(512);
  sector.set(PROGRAM);
  sector.writeUInt16LE(0xaa55, 510);
  const file = join(dir, 'kvm-trial.raw');
  await writeFile(file, sector);
  await chmod(file, 0o644);
  await chmod(dir, 0o711);
  return file;
}

function trial(sector: string): readonly string[] {
  const node = {
    driver: 'raw',
    'node-name': 'boot',
    'read-only': true,
    file: { driver: 'file', filename: sector, 'read-only': true },
  };
  return [
    ...['-machine', 'pc', '-accel', 'kvm', '-cpu', 'host', '-m', '16M'],
    ...['-nodefaults', '-no-user-config', '-display', 'none'],
    ...['-blockdev', JSON.stringify(node), '-device', 'virtio-blk-pci,drive=boot'],
    ...['-device', 'isa-debug-exit,iobase=0xf4,iosize=0x04'],
  ];
}
