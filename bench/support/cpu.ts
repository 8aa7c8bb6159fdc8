import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly parent: number;
  readonly ticks: number;
}

const DEEPEST = 64;
let ticksASecond: number | undefined;

/** CPU time of a process and all its descendants, in seconds. Needs Linux's /proc. */
export function cpuSecondsOf(root: number): number {
  ticksASecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return ticksOf(root) / ticksASecond;
}

export function ticksOf(root: number): number {
  const processes = readAll();
  let ticks = 0;
  for (const [pid, process] of processes) if (isBelow(pid, root, processes)) ticks += process.ticks;
  return ticks;
}

function readAll(): ReadonlyMap<number, Process> {
  const processes = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? read(name) : undefined;
    if (found) processes.set(Number(name), found);
  }
  return processes;
}

function read(pid: string): Process | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name, which may contain anything: state, parent, and at 11 to 14 the CPU times, with ended children.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const times = fields.slice(11, 15).map(Number);
    return { parent: Number(fields[1]), ticks: times.reduce((sum, time) => sum + time, 0) };
  } catch {
    // The process has ended meanwhile.
    return undefined;
  }
}

function isBelow(pid: number, root: number, processes: ReadonlyMap<number, Process>): boolean {
  let current: number | undefined = pid;
  for (let depth = 0; depth < DEEPEST && current !== undefined; depth++) {
    if (current === root) return true;
    current = processes.get(current)?.parent;
  }
  return false;
}
