import { DriverError, type DriverCall } from '../../port/driver-call';
import type { NewSnapshot } from '../../port/snapshots';
import type { InstanceDirectory } from '../files/instance-directory';
import type { InstanceState, LaunchSpec } from '../machine/instance-state';
import { Machine } from '../machine/machine';
import { isAlive, type ProcessIdentity } from '../machine/qemu.process';
import { PAUSED, RUNNING } from '../machine/status-mapper';
import type { QemuHost } from '../qemu.host';
import { haveEnded, memoryMs, MEMORY_NODE, MEMORY_TAG, removeNodes, runJob } from '../qmp/block-jobs';
import { QemuMonitor } from '../qmp/qemu.monitor';
import { QmpUnreachableError, type QmpExecute } from '../qmp/qmp.client';
import { BACKUPS, createTargets, openTargets, planBackup, startBackup, type BackupPlan } from './backup';
import { noteTaking, type TakingNote } from './interrupted';
import { whileFrozen } from './quiesced';

/** For commands that wait for the disk of the host. */
const MONITOR_MS = 30_000;
const LOOK_EVERY_MS = { first: 10, last: 500 };
const DRAIN_EVERY_MS = 1000;

export interface RunningMachine {
  readonly host: QemuHost;
  readonly directory: InstanceDirectory;
  readonly state: InstanceState;
  readonly process: ProcessIdentity;
}

/** The copies are in the directory of the machine, closed by QEMU. */
export interface RunningCopy {
  readonly diskBytes: number;
  readonly hasEfiVariables: boolean;
  readonly memory: LaunchSpec | null;
}

/**
 * Copies the disk of a machine that has a process, and its memory if that is requested. The guest is stopped only while
 * its memory is saved.
 */
export async function copyRunning(
  machine: RunningMachine,
  { includesMemory, isQuiesced }: NewSnapshot,
  { instance, signal, progress }: DriverCall,
): Promise<RunningCopy> {
  const { host, directory, state } = machine;
  const monitor = new QemuMonitor(directory, MONITOR_MS);
  const status = await monitor.status(signal);
  const [wasRunning, isPaused] = [RUNNING.has(status), status === PAUSED];
  if (includesMemory && !wasRunning && !isPaused) throw noMemory('it does not run');
  // A guest that is shut down has written everything.
  if (isQuiesced && !wasRunning && status !== 'shutdown') throw notQuiesced(status);
  const memory = includesMemory
    ? await monitor.talk(signal, (execute) => memoryOf(execute, state, instance.flavor))
    : null;
  const source = await monitor.talk(signal, (execute) => planBackup(execute, state.sources));
  const plan: BackupPlan = { ...source, includesMemory };
  const note = (parts: Partial<TakingNote>): Promise<void> =>
    noteTaking(directory, { wasRunning, isStopped: false, isFrozen: false, ...parts });
  await note({});
  await createTargets(host, directory, plan, signal);
  progress(includesMemory ? 'saving the memory' : 'copying the disk');
  const start: Start = { plan, memory, isQuiesced: isQuiesced && wasRunning, wasRunning, note };
  const jobs = await startCopying(machine, start, signal);
  await note({});
  progress('copying the disk');
  await waitForJobs(machine, jobs, signal);
  await monitor.talk(signal, (execute) => removeNodes(execute, BACKUPS));
  return { diskBytes: plan.diskBytes, hasEfiVariables: plan.efiBytes !== null, memory };
}

interface Start {
  readonly plan: BackupPlan;
  readonly memory: LaunchSpec | null;
  readonly isQuiesced: boolean;
  readonly wasRunning: boolean;
  readonly note: (parts: Partial<TakingNote>) => Promise<void>;
}

/** @returns the ids of the jobs that copy the disk */
async function startCopying(
  { host, directory, state }: RunningMachine,
  { plan, memory, isQuiesced, wasRunning, note }: Start,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (memory) {
    await note({ isStopped: wasRunning });
    const patient = new QemuMonitor(directory, memoryMs(memory));
    return host.silent.during(directory.id, () =>
      patient.talk(signal, (execute) => startWithMemory(execute, plan, wasRunning)),
    );
  }
  const monitor = new QemuMonitor(directory, MONITOR_MS);
  await monitor.talk(signal, (execute) => openTargets(execute, plan));
  const start = (): Promise<readonly string[]> =>
    monitor.talk(signal, (execute) => startBackup(execute, plan));
  if (!isQuiesced) return start();
  const freezing = { host, directory, hasAgent: state.hasAgent };
  return whileFrozen(freezing, () => note({ isFrozen: true }), start, signal);
}

/** The disk is copied from the same moment on: the guest runs again as soon as that has begun. */
async function startWithMemory(
  execute: QmpExecute,
  plan: BackupPlan,
  wasRunning: boolean,
): Promise<readonly string[]> {
  await openTargets(execute, plan);
  if (wasRunning) await execute('stop');
  await runJob(execute, 'snapshot-save', { tag: MEMORY_TAG, vmstate: MEMORY_NODE, devices: [MEMORY_NODE] });
  const jobs = await startBackup(execute, plan);
  if (wasRunning) await execute('cont');
  await removeNodes(execute, [MEMORY_NODE]);
  return jobs;
}

/**
 * What a process is started with to load the memory of this one.
 * @throws {DriverError} if that is unknown, or it has more than it was started with
 */
async function memoryOf(
  execute: QmpExecute,
  { launched }: InstanceState,
  flavor: { readonly vcpus: number; readonly ramGB: number },
): Promise<LaunchSpec> {
  const restart = 'stop it and start it again first';
  if (!launched) throw noMemory(`it was started by an earlier version of the service: ${restart}`);
  if (launched.vcpus !== flavor.vcpus || launched.ramGB !== flavor.ramGB) {
    throw noMemory(`it was resized while it ran: ${restart}`);
  }
  const type = await execute('qom-get', { path: '/machine', property: 'type' });
  // With its version, which a later version of QEMU knows.
  const machine = /^(pc-q35-[0-9.]{1,10})-machine$/.exec(String(type))?.[1];
  if (machine === undefined) throw noMemory('QEMU did not report the type of its machine');
  return { ...launched, machine };
}

async function waitForJobs(
  { host, directory, process }: RunningMachine,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const monitor = new QemuMonitor(directory, MONITOR_MS);
  const machine = new Machine(host, directory);
  let drained = performance.now();
  for (let waitMs = LOOK_EVERY_MS.first; ; waitMs = Math.min(2 * waitMs, LOOK_EVERY_MS.last)) {
    try {
      if (await monitor.talk(signal, (execute) => haveEnded(execute, ids))) return;
    } catch (error) {
      if (!(error instanceof QmpUnreachableError) || !(await isAlive(process))) throw error;
    }
    // The regular maintenance skips machines whose lock is taken.
    if (performance.now() - drained > DRAIN_EVERY_MS) {
      await machine.drain(signal).catch(() => signal.throwIfAborted());
      drained = performance.now();
    }
    await host.clock.wait(waitMs, signal);
  }
}

function noMemory(reason: string): DriverError {
  return new DriverError(`The memory of the virtual machine cannot be saved because ${reason}`, {
    retryable: false,
  });
}

function notQuiesced(status: string): DriverError {
  return new DriverError(`The guest cannot be quiesced because it does not run (${status})`, {
    retryable: false,
  });
}
