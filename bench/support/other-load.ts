import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { ticksOf } from './cpu';

interface Ticks {
  /** All cores since boot, including idle time. */
  readonly all: number;
  readonly busy: number;
  /** This process and its descendants. */
  readonly ours: number;
}

/** The machine counts as calm while other programs use at most this share of its cores. */
export const CALM = 0.1;
const LOOK_MS = 500;
const LOOKS = 20;

/**
 * CPU use of other programs, as a share of all cores, from Linux's /proc/stat;
 * 0 on other systems.
 */
export class OtherLoad {
  private readonly before = count();

  /** Share since construction. Work that the kernel starts itself counts as others. */
  share(): number {
    const now = count();
    const all = now.all - this.before.all;
    const others = now.busy - this.before.busy - (now.ours - this.before.ours);
    return all > 0 ? Math.max(0, others / all) : 0;
  }

  /** Waits until the machine is calm, for a limited time. */
  static async calm(): Promise<void> {
    for (let look = 0; look < LOOKS; look++) {
      const otherLoad = new OtherLoad();
      await delay(LOOK_MS);
      if (otherLoad.share() <= CALM) return;
    }
  }
}

function count(): Ticks {
  try {
    const [, ...fields] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/\s+/);
    // user, nice, system, idle, iowait, irq, softirq, steal; the later fields are already included in these.
    const times = fields.slice(0, 8).map(Number);
    const all = times.reduce((sum, time) => sum + time, 0);
    return { all, busy: all - (times[3] ?? 0) - (times[4] ?? 0), ours: ticksOf(process.pid) };
  } catch {
    return { all: 0, busy: 0, ours: 0 };
  }
}
