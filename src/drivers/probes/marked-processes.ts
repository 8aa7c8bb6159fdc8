import { randomUUID } from 'node:crypto';

/** Marks the processes of a command, because engines do not end them with the connection. */
const MARK = 'UIM_SESSION';
const KILL = `for signal in HUP KILL; do
  for process in /proc/[0-9]*; do
    tr '\\0' '\\n' < $process/environ 2>/dev/null | grep -qx "$0" && kill -$signal \${process#/proc/} 2>/dev/null
  done
  [ $signal = KILL ] || sleep 1
done`;

/** An environment variable, as NAME=VALUE, that only the processes of one command have. */
export function newMark(): string {
  return `${MARK}=${randomUUID()}`;
}

/** Hangs up, then kills, all processes with the mark; needs `sh`, `tr` and `grep` in the guest. */
export function killMarked(mark: string): readonly string[] {
  return ['sh', '-c', KILL, mark];
}
