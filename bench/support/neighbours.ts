import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { ticksOf } from './cpu';

interface Ticks {
  /** Of all cores since the start of the machine, idle or not. */
  readonly all: number;
  readonly busy: number;
  /** Of this process and everything below it. */
  readonly ours: number;
}

/** Share of the cores that others may take where the machine counts as calm. */
export const CALM = 0.1;
const LOOK_MS = 500;
const LOOKS = 20;

/**
 * What others do on the machine meanwhile, as a share of all its cores, from Linux' accounts of time;
 * elsewhere it is taken for nothing.
 */
export class Neighbours {
  private readonly before = count();

  /** Since this was made. What the kernel does by itself counts as others. */
  share(): number {
    const now = count();
    const all = now.all - this.before.all;
    const others = now.busy - this.before.busy - (now.ours - this.before.ours);
    return all > 0 ? Math.max(0, others / all) : 0;
  }

  /** Waits for them to be calm, but not for ever. */
  static async calm(): Promise<void> {
    for (let look = 0; look < LOOKS; look++) {
      const neighbours = new Neighbours();
      await delay(LOOK_MS);
      if (neighbours.share() <= CALM) return;
    }
  }
}

function count(): Ticks {
  try {
    const [, ...fields] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/\s+/);
    // user, nice, system, idle, iowait, irq, softirq, steal; what follows is contained in these.
    const times = fields.slice(0, 8).map(Number);
    const all = times.reduce((sum, time) => sum + time, 0);
    return { all, busy: all - (times[3] ?? 0) - (times[4] ?? 0), ours: ticksOf(process.pid) };
  } catch {
    return { all: 0, busy: 0, ours: 0 };
  }
}
