import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { qmp } from './qmp';

const SCRIPTS = resolve(__dirname, '../../../../../scripts/engines');
const READY_MS = 30_000;

/** A kernel with busybox, which serves HTTP at port 80. */
export const GUEST_IMAGE = 'small-guest';
/** Debian with systemd and nginx, which serves HTTP at port 80. */
export const DEBIAN_IMAGE = 'debian-guest';

/** @returns path of an image catalog with these guests. */
export function guestCatalog(images: readonly string[]): string {
  const file = join(tmpdir(), 'uim-bench-images.json');
  const all = images.map((id) => (id === DEBIAN_IMAGE ? debianGuest() : smallGuest()));
  writeFileSync(file, JSON.stringify({ images: all }));
  return file;
}

function smallGuest(): object {
  const directory = build('guest-image.sh', 'uim-guest-image');
  const qemu = {
    kernel: { file: join(directory, 'vmlinuz') },
    initrd: { file: join(directory, 'initrd.gz') },
    commandLine: 'quiet',
  };
  return { id: GUEST_IMAGE, qemu };
}

function debianGuest(): object {
  const directory = build('debian-guest.sh', 'uim-debian-guest');
  const qemu = {
    kernel: { file: join(directory, 'vmlinuz') },
    initrd: { file: join(directory, 'initrd.img') },
    commandLine: 'quiet root=/dev/vda rw',
    disk: { file: join(directory, 'disk.qcow2'), format: 'qcow2' },
  };
  return { id: DEBIAN_IMAGE, qemu };
}

/** @returns the directory of the guest. */
function build(script: string, name: string): string {
  const directory = join(tmpdir(), name);
  mkdirSync(directory, { recursive: true });
  execFileSync(join(SCRIPTS, script), [directory], { stdio: ['ignore', 'ignore', 'inherit'] });
  return directory;
}

/** How the service started a virtual machine, for starting the same one without it. */
export interface Recipe {
  readonly command: string;
  readonly args: readonly string[];
  readonly id: string;
  /** Working directory of the process, which relative paths in the arguments refer to. */
  readonly directory: string;
}

/** Ends the machines in a directory, which outlive their service. */
export function endMachines(directory: string): void {
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const [command] = commandLineOf(pid);
    if (command?.includes('qemu-system') === true && readlinkSync(`/proc/${pid}/cwd`).startsWith(directory))
      process.kill(Number(pid), 'SIGKILL');
  }
}

export function recipeOf(id: string): Recipe {
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const [command, ...args] = commandLineOf(pid);
    if (command?.includes('qemu-system') === true && args.some((argument) => argument.includes(id))) {
      return { command, args: args.slice(0, -1), id, directory: readlinkSync(`/proc/${pid}/cwd`) };
    }
  }
  throw new Error(`no process runs ${id}`);
}

/** Creates the disk and starts the same machine in another directory; resolves with its pid when it is running. */
export async function startDirectly(recipe: Recipe, id: string, directory: string): Promise<number> {
  mkdirSync(directory);
  for (const name of readdirSync(recipe.directory).filter((entry) => entry.startsWith('seed'))) {
    writeFileSync(join(directory, name), readFileSync(join(recipe.directory, name)));
  }
  const disk = join(directory, 'disk.qcow2');
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', disk, '10G']);
  const args = recipe.args.map((argument) =>
    argument.replaceAll(recipe.directory, directory).replaceAll(recipe.id, id),
  );
  const child = spawn(recipe.command, args, { cwd: directory, stdio: 'ignore', detached: true });
  child.unref();
  await running(join(directory, 'qmp.sock'));
  if (child.pid === undefined) throw new Error('it has no process');
  return child.pid;
}

async function running(socketPath: string): Promise<void> {
  const end = performance.now() + READY_MS;
  for (;;) {
    try {
      if (await isRunning(socketPath)) return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await delay(5);
  }
}

async function isRunning(socketPath: string): Promise<boolean> {
  const status = await qmp(socketPath, { execute: 'query-status' });
  return typeof status === 'object' && status !== null && 'running' in status && status.running === true;
}

function commandLineOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // The process has ended meanwhile.
    return [];
  }
}
