import { readdirSync, readFileSync } from 'node:fs';

/** A process that runs QEMU for an instance, found as an operator would. */
export interface Guest {
  readonly pid: number;
  /** Clock ticks after boot, so that a pid that was given again is not taken for it. */
  readonly startedAt: string;
  readonly arguments: readonly string[];
}

/** The processes of QEMU on this machine whose arguments have the id of the instance. */
export function guestsOf(instanceId: string): readonly Guest[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const args = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
      const isGuest =
        args[0]?.includes('qemu-system') === true && args.some((one) => one.includes(instanceId));
      return isGuest ? [{ pid: Number(entry), startedAt: startOf(entry), arguments: args }] : [];
    } catch {
      // It ended while it was looked at.
      return [];
    }
  });
}

function startOf(pid: string): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? '';
}
