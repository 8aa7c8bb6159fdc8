import { readdir, readFile, readlink, stat } from 'node:fs/promises';

/** The kernel reports CPU times in units of 1/100 s on every architecture that Node supports. */
const TICKS_PER_SECOND = 100;

export interface ProcessStat {
  /** Clock ticks since boot. */
  readonly startTime: string;
  /** CPU time in user and kernel mode. */
  readonly cpuSeconds: number;
}

/** Parses `/proc/<pid>/stat`. Undefined if the process has ended and only waits to be reaped. */
export function parseStat(text: string): ProcessStat | undefined {
  // Fields from the third on. The process name before them may contain any character, including parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, userTicks, kernelTicks, startTime] = [fields[0], fields[11], fields[12], fields[19]];
  if (state === 'Z' || state === 'X' || startTime === undefined) return undefined;
  return { startTime, cpuSeconds: (Number(userTicks) + Number(kernelTicks)) / TICKS_PER_SECOND };
}

/** @throws {Error} system error, like all functions here, if the process does not exist or cannot be inspected */
export async function statOf(pid: number): Promise<ProcessStat | undefined> {
  return parseStat(await readFile(`/proc/${pid}/stat`, 'utf8'));
}

export async function commandLineOf(pid: number): Promise<readonly string[]> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
}

/** Ends with ` (deleted)` if the directory was removed. */
export function workingDirectoryOf(pid: number): Promise<string> {
  return readlink(`/proc/${pid}/cwd`);
}

export async function userIdOf(pid: number): Promise<number> {
  return (await stat(`/proc/${pid}`)).uid;
}

export async function residentBytesOf(pid: number): Promise<number> {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

export async function processIds(): Promise<readonly number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
}

/** Identifies the boot of this machine. */
export async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}
