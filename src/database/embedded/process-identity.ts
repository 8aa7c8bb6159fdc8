import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names a process so that it cannot be taken for a later one with the same pid, nor for one in another container. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Boot of the machine and pid namespace; empty where the system does not tell. */
  readonly world: string;
  /** Start time in clock ticks since boot; empty where the system does not tell. */
  readonly started: string;
}

export function currentProcess(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), world: pidWorld(), started: startOf(process.pid) ?? '' };
}

/** Whether two processes see the same devices and inodes: they run under the same kernel. */
export function isSameMachine(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return one.world !== '' && bootOf(one) === bootOf(other);
}

function bootOf({ world }: ProcessIdentity): string {
  return world.slice(0, world.indexOf('/'));
}

/** `unknown` where only the holder's own sign of life can tell: another machine, container or system. */
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
    // No procfs: not Linux. The heartbeat decides there.
    return '';
  }
}

/** Field 22 of /proc/pid/stat, counted behind the command, which may contain anything. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie holds nothing any more.
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    // No such process.
    return undefined;
  }
}
