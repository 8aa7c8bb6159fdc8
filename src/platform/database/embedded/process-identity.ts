import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { parseStat } from '../../procfs';

/** Identifies a process across pid reuse and containers. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Boot id of the machine and pid namespace; empty without procfs. */
  readonly world: string;
  /** Start time in clock ticks since boot; empty without procfs. */
  readonly started: string;
}

export function currentProcess(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), world: pidWorld(), started: startOf(process.pid) ?? '' };
}

/** Whether two processes run under the same kernel, and so see the same devices and inodes. */
export function isSameMachine(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return one.world !== '' && bootOf(one) === bootOf(other);
}

function bootOf({ world }: ProcessIdentity): string {
  return world.slice(0, world.indexOf('/'));
}

/** `unknown` if only the heartbeat can show it: another machine, another container, or no procfs. */
export function isAlive({ pid, world, started }: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  if (world === '' || world !== pidWorld()) return 'unknown';
  return startOf(pid) === started ? 'alive' : 'dead';
}

export function isProcessIdentity(value: unknown): value is ProcessIdentity {
  if (typeof value !== 'object' || value === null) return false;
  if (!('pid' in value && 'host' in value && 'world' in value && 'started' in value)) return false;
  return (
    Number.isInteger(value.pid) &&
    [value.host, value.world, value.started].every((part) => typeof part === 'string')
  );
}

function pidWorld(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // No procfs: not Linux. The heartbeat decides.
    return '';
  }
}

/** Undefined for a zombie too, because it no longer holds the lock. */
function startOf(pid: number): string | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.startTime;
  } catch {
    // No such process.
    return undefined;
  }
}
