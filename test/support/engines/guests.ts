import { readdirSync, readFileSync } from 'node:fs';

/** A QEMU process of an instance, found in /proc and not through the driver. */
export interface Guest {
  readonly pid: number;
  /** Start time in clock ticks after boot, to recognize a reused pid. */
  readonly startedAt: string;
  readonly arguments: readonly string[];
}

/** QEMU processes on this machine with the instance's id in their arguments. */
export function guestsOf(instanceId: string): readonly Guest[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const args = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
      const isGuest =
        args[0]?.includes('qemu-system') === true && args.some((one) => one.includes(instanceId));
      return isGuest ? [{ pid: Number(entry), startedAt: startOf(entry), arguments: args }] : [];
    } catch {
      // The process ended in the meantime.
      return [];
    }
  });
}

function startOf(pid: string): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? '';
}
