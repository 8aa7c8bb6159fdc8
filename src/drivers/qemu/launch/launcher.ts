import { DriverError, isLeaseLost, UNDO_BUDGET_MS } from '../../port/driver-call';
import type { Clock } from '../../../platform/async/clock';
import type { InstanceDirectory } from '../files/instance-directory';
import type { InstanceState, LaunchSpec } from '../machine/instance-state';
import { PortTakenError } from '../machine/ports';
import { qemuArguments } from '../machine/qemu.arguments';
import {
  isAlive,
  lastLogLine,
  searchProcess,
  startProcess,
  type ProcessIdentity,
  type Started,
} from '../machine/qemu.process';
import { RUNNING, startFailure } from '../machine/status-mapper';
import { asDriverError } from '../qemu.errors';
import type { QemuHost } from '../qemu.host';
import { QemuMonitor } from '../qmp/qemu.monitor';
import { QmpUnreachableError } from '../qmp/qmp.client';
import { makeOverlay, resumeFromMemory } from './memory';

const START_MS = 60_000;
/** Plus one unanswered query (4 s), this stays below the time limit of `inspect`. */
const SETTLE_MS = 900;
const SOCKET_EVERY_MS = 2;
/** The other half is for removing the directory. */
const UNDO_MS = UNDO_BUDGET_MS / 2;

export interface Launch {
  readonly state: InstanceState;
  readonly spec: LaunchSpec;
  /** Whether the guest continues from memory; called before it does, to record that the memory is used. */
  readonly resumes: null | (() => Promise<void>);
}

/** Starts the process of a machine, and waits until its guest runs. */
export class Launcher {
  constructor(
    private readonly host: QemuHost,
    private readonly directory: InstanceDirectory,
  ) {}

  async launch({ state, spec, resumes }: Launch, signal: AbortSignal): Promise<void> {
    const { config, owner } = this.host;
    const args = qemuArguments({
      ...{ id: this.directory.id, ...spec, boot: state.boot, ports: state.ports },
      ...{ network: config.network, consoleBytes: config.consoleBytes, isHeld: resumes !== null },
    });
    if (resumes) await makeOverlay(this.host, this.directory, signal);
    signal.throwIfAborted();
    const started = await startProcess(config.binary, args, {
      directory: this.directory,
      owner,
      searchPath: config.searchPath,
    });
    try {
      await this.waitUntilUp(started, signal);
      if (resumes) {
        if (started.ended() !== undefined) throw inUse();
        await this.host.silent.during(this.directory.id, () =>
          resumeFromMemory(this.directory, { spec, used: resumes }, signal),
        );
      }
    } catch (error) {
      // The process that takes over the instance may already use this machine.
      if (isLeaseLost(signal)) throw error;
      // The pid cannot have been reused as long as the child has not been reaped.
      if (started.ended() === undefined) started.child.kill('SIGKILL');
      await this.waitForEnd(started);
      throw error;
    }
  }

  private async waitUntilUp(started: Started, signal: AbortSignal): Promise<void> {
    const patient = new QemuMonitor(this.directory, START_MS);
    const end = performance.now() + START_MS;
    while (performance.now() < end) {
      if (started.ended() !== undefined) return this.hearWhyEnded(started, signal);
      try {
        if (RUNNING.has(await patient.status(signal))) return;
      } catch (error) {
        if (!(error instanceof QmpUnreachableError)) throw error;
      }
      await this.host.clock.wait(SOCKET_EVERY_MS, signal);
    }
    throw new DriverError('The virtual machine did not start in time', { retryable: true });
  }

  /** @throws {DriverError} unless it ended because the machine already runs in another process */
  private async hearWhyEnded(started: Started, signal: AbortSignal): Promise<void> {
    const lastLine = await lastLogLine(this.directory);
    if (/could not set up host forwarding/i.test(lastLine)) throw new PortTakenError();
    const other = /lock/i.test(lastLine) ? await searchProcess(this.directory) : undefined;
    if (other) {
      const monitor = new QemuMonitor(this.directory);
      if (RUNNING.has(await statusOf(monitor, other, this.host.clock, signal))) return;
    }
    throw asDriverError(startFailure(started.ended(), lastLine));
  }

  private async waitForEnd(started: Started): Promise<void> {
    const end = performance.now() + UNDO_MS;
    const never = new AbortController().signal;
    while (started.ended() === undefined && performance.now() < end) {
      await this.host.clock.wait(SOCKET_EVERY_MS, never);
    }
  }
}

function inUse(): DriverError {
  return new DriverError('The virtual machine runs in another process', { retryable: true });
}

/** QEMU's run state. Retries for a while, because a process that has just started has no monitor yet. */
export async function statusOf(
  monitor: QemuMonitor,
  identity: ProcessIdentity,
  clock: Clock,
  signal: AbortSignal,
): Promise<string> {
  const end = performance.now() + SETTLE_MS;
  for (;;) {
    try {
      return await monitor.status(signal);
    } catch (error) {
      const isHopeless = performance.now() > end || !(await isAlive(identity));
      if (!(error instanceof QmpUnreachableError) || isHopeless) throw error;
    }
    await clock.wait(SOCKET_EVERY_MS, signal);
  }
}
