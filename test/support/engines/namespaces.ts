import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { call } from './engine';

/** Host pid of a container's first process. */
export async function pidOf(socket: string, instanceId: string): Promise<number> {
  const { State } = await call<{ State: { Pid: number } }>(
    socket,
    'GET',
    `/containers/uim-${instanceId}/json`,
  );
  if (State.Pid === 0) throw new Error('the container does not run');
  return State.Pid;
}

export const procOf = (pid: number, file: string): string => readFileSync(`/proc/${pid}/${file}`, 'utf8');

export const namespaceOf = (pid: number, kind: string): string => readlinkSync(`/proc/${pid}/ns/${kind}`);

/** A cgroup setting of the process; the file name differs between cgroup v1 and v2. */
export function cgroupValue(pid: number, controller: string, v1: string, v2: string): string {
  const lines = procOf(pid, 'cgroup').trim().split('\n');
  const path = lines
    .map((line) => line.split(':'))
    .find((parts) => parts[1]?.split(',').includes(controller))?.[2];
  const unified = lines.map((line) => line.split(':')).find((parts) => parts[1] === '')?.[2] ?? '';
  const file =
    path === undefined
      ? `/sys/fs/cgroup${unified}/${v2}`
      : [`/sys/fs/cgroup/${controller}${path}/${v1}`].find((each) => existsSync(each));
  if (file === undefined) throw new Error(`no cgroup of ${controller} for process ${pid}`);
  return readFileSync(file, 'utf8').trim();
}

/** Runs a BusyBox command inside a container, bypassing the engine. Returns its output after at most 5 s. */
export function inNamespacesOf(pid: number, command: readonly string[]): Promise<string> {
  const args = ['--target', String(pid), '--net', '--pid', '--mount', '--ipc', '/bin/busybox', ...command];
  return new Promise((resolve) => {
    const child = execFile('nsenter', args, { timeout: 5000 }, (_, stdout) => resolve(stdout));
    child.stdin?.end();
  });
}
