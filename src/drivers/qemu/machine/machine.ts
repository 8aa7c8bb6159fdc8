import { isDeepStrictEqual } from 'node:util';
import {
  DriverError,
  isLeaseLost,
  UNDO_BUDGET_MS,
  type InstanceSpec,
  type Observation,
  type PublishedPort,
} from '../../port/driver-call';
import type { RebootType } from '../../port/abilities';
import { raceAbort } from '../../../platform/async/timeout';
import { bootId } from '../../../platform/procfs';
import { asDriverError, isOfMonitor } from '../qemu.errors';
import type { InstanceDirectory } from '../files/instance-directory';
import { consoleMark } from './console-mark';
import { observeEnded } from './endings';
import type { InstanceState } from './instance-state';
import { ITSELF, observationOf, PAUSED, RUNNING, startFailure } from './status-mapper';
import { choosePorts, PortTakenError } from './ports';
import { qemuArguments } from './qemu.arguments';
import type { QemuHost } from '../qemu.host';
import { QemuMonitor } from '../qmp/qemu.monitor';
import {
  findProcess,
  isAlive,
  killProcess,
  lastLogLine,
  searchProcess,
  startProcess,
  waitUntilGone,
  type ProcessIdentity,
  type Started,
} from './qemu.process';
import { QmpUnreachableError } from '../qmp/qmp.client';
import { RotatingLog } from '../files/rotating-log';
import { DOES_NOT_ANSWER } from '../unresponsive-vms';

const START_MS = 60_000;
/** Plus one unanswered query (4 s), this stays below the time limit of `inspect`. */
const SETTLE_MS = 900;
const SOCKET_EVERY_MS = 2;
const LOOK_EVERY_MS = 100;
/** A guest that is still booting ignores the power button; pressing it again does no harm otherwise. */
const PRESS_AGAIN_MS = 3000;
const END_MS = 10_000;
const PORT_ATTEMPTS = 5;
/** The other half is for removing the directory. */
const UNDO_MS = UNDO_BUDGET_MS / 2;

/** A virtual machine whose disks exist: its process, monitor and console. */
export class Machine {
  private readonly monitor: QemuMonitor;
  readonly console: RotatingLog;

  constructor(
    private readonly host: QemuHost,
    readonly directory: InstanceDirectory,
    monitorMs?: number,
  ) {
    this.monitor = new QemuMonitor(directory, monitorMs);
    this.console = new RotatingLog(directory, host.config.consoleBytes);
  }

  /** Returns the current state, whatever caused it. */
  async observe(state: InstanceState, signal: AbortSignal): Promise<Observation> {
    // Only machines that should run get the full search. A stopped machine whose process this misses is reported as
    // stopped; start, stop and destroy search again.
    const look = state.isWanted ? searchProcess : findProcess;
    const { silent } = this.host;
    const identity = await look(this.directory);
    if (!identity) return this.observeEnded(state);
    try {
      const observation = observationOf(await this.statusOf(identity, signal), state);
      silent.forget(this.directory.id);
      return observation;
    } catch (error) {
      if (!(await isAlive(identity))) return this.observeEnded(state);
      if (signal.aborted || !isOfMonitor(error) || !silent.wasSilent(this.directory.id)) throw error;
      return { presence: 'present', power: 'failed', reason: DOES_NOT_ANSWER };
    }
  }

  /** Starts the machine unless it runs. @returns its published ports */
  async powerOn(
    state: InstanceState,
    instance: InstanceSpec,
    signal: AbortSignal,
  ): Promise<readonly PublishedPort[]> {
    const identity = await searchProcess(this.directory);
    if (identity) {
      const status = await this.statusOf(identity, signal);
      if (status === PAUSED) await this.monitor.resume(signal);
      if (status === PAUSED || RUNNING.has(status)) return state.ports;
      // Checked first: a machine that could not be started again is not ended.
      await this.host.images.unchanged(state.sources, signal);
      await this.end(identity, signal);
    }
    return this.powerOnFirst(state, instance, signal);
  }

  /** Starts a machine that is known to have no process, e.g. because it was just created. */
  async powerOnFirst(
    state: InstanceState,
    instance: InstanceSpec,
    signal: AbortSignal,
  ): Promise<readonly PublishedPort[]> {
    const sources = await this.host.images.unchanged(state.sources, signal);
    const hostBoot = await bootId();
    const mark = await consoleMark(this.console, instance);
    const { image } = instance;
    // The catalog may no longer have the image.
    const hasAgent = image === null || image.kind === 'name' ? state.hasAgent : image.guestAgent;
    for (let attempt = 1; ; attempt++) {
      const ports = await choosePorts(instance.guest.ports, this.host.config, state.ports);
      const next = { ...state, sources, ports, isWanted: true, ended: null, hostBoot, ...mark, hasAgent };
      if (!isDeepStrictEqual(next, state)) await this.directory.writeState(next);
      try {
        await this.launchAndSync(next, instance, signal);
        return ports;
      } catch (error) {
        if (isLeaseLost(signal)) throw error;
        await this.directory.writeState(state);
        if (!(error instanceof PortTakenError) || attempt === PORT_ATTEMPTS) throw error;
      }
    }
  }

  /** Shuts the guest down unless `how` is `hard`, and ends the process if that takes too long. */
  async powerOff(state: InstanceState, signal: AbortSignal, how: RebootType = 'soft'): Promise<void> {
    const identity = await searchProcess(this.directory);
    await this.directory.writeState({ ...state, isWanted: false, ended: null });
    if (!identity) return;
    if (how === 'soft') await this.askToShutDown(identity, signal);
    await this.end(identity, signal);
  }

  /** Ends the process without shutting the guest down. */
  async end(identity: ProcessIdentity, signal: AbortSignal): Promise<void> {
    const wait = { clock: this.host.clock, signal, withinMs: END_MS };
    const isAsked = await this.askToQuit(signal);
    if (!isAsked || !(await waitUntilGone(identity, { ...wait, withinMs: END_MS / 5 }))) {
      await killProcess(identity);
      if (!(await waitUntilGone(identity, wait))) {
        throw new DriverError('The process of the virtual machine does not exit', { retryable: true });
      }
    }
    await this.host.serial.settled(this.directory);
    await this.directory.sweep();
  }

  /** Saves new console output; requires a running process. */
  drain(signal: AbortSignal): Promise<void> {
    return this.monitor.drainConsole(this.console, this.host.config.consoleBytes, signal);
  }

  /** Whether the guest runs or is paused. */
  async isOn(signal: AbortSignal): Promise<boolean> {
    const status = await this.monitor.status(signal);
    return status === PAUSED || RUNNING.has(status);
  }

  /** Regular maintenance: saves console output, and ends the process if the guest has shut down. */
  async maintain(state: InstanceState, signal: AbortSignal): Promise<void> {
    const identity = await findProcess(this.directory);
    if (!identity) return;
    await this.drain(signal);
    if ((await this.monitor.status(signal)) !== 'shutdown') return;
    await this.directory.writeState({ ...state, ended: state.isWanted ? ITSELF : null });
    await this.end(identity, signal);
  }

  /** Retries for a while, because a process that has just started has no monitor yet. */
  private async statusOf(identity: ProcessIdentity, signal: AbortSignal): Promise<string> {
    const end = performance.now() + SETTLE_MS;
    for (;;) {
      try {
        return await this.monitor.status(signal);
      } catch (error) {
        const isHopeless = performance.now() > end || !(await isAlive(identity));
        if (!(error instanceof QmpUnreachableError) || isHopeless) throw error;
      }
      await this.host.clock.wait(SOCKET_EVERY_MS, signal);
    }
  }

  /** @returns false if the machine has ended or hangs */
  private async askToQuit(signal: AbortSignal): Promise<boolean> {
    try {
      await this.drain(signal);
    } catch (error) {
      if (signal.aborted) throw error;
      return false;
    }
    // QEMU may close the connection before it responds.
    await this.monitor.quit(signal).catch((error: unknown) => {
      if (signal.aborted) throw error;
    });
    return true;
  }

  private async observeEnded(state: InstanceState): Promise<Observation> {
    this.host.silent.forget(this.directory.id);
    return observeEnded(this.directory, state);
  }

  /** Syncs the directory while the machine starts, so that it is durable before the database records it as running. */
  private async launchAndSync(
    state: InstanceState,
    instance: InstanceSpec,
    signal: AbortSignal,
  ): Promise<void> {
    const both = [this.launch(state, instance, signal), this.directory.sync()];
    // Waits for both, even if one fails: the caller then removes or changes the directory.
    for (const part of await Promise.allSettled(both)) if (part.status === 'rejected') throw part.reason;
  }

  private async launch(state: InstanceState, instance: InstanceSpec, signal: AbortSignal): Promise<void> {
    const { config, owner, accelerator } = this.host;
    const { vcpus, ramGB } = instance.flavor;
    const args = qemuArguments({
      ...{ id: instance.id, vcpus, ramGB, boot: state.boot, ports: state.ports },
      ...{ network: config.network, consoleBytes: config.consoleBytes, hotplug: config.hotplug },
      hasAgent: state.hasAgent,
      accelerator: (await raceAbort(accelerator.get(), signal)).accelerator,
    });
    signal.throwIfAborted();
    const started = await startProcess(config.binary, args, {
      directory: this.directory,
      owner,
      searchPath: config.searchPath,
    });
    try {
      await this.waitUntilUp(started, signal);
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
    if (other && RUNNING.has(await this.statusOf(other, signal))) return;
    throw asDriverError(startFailure(started.ended(), lastLine));
  }

  private async waitForEnd(started: Started): Promise<void> {
    const end = performance.now() + UNDO_MS;
    const never = new AbortController().signal;
    while (started.ended() === undefined && performance.now() < end) {
      await this.host.clock.wait(SOCKET_EVERY_MS, never);
    }
  }

  private async askToShutDown(identity: ProcessIdentity, signal: AbortSignal): Promise<void> {
    const { clock, config } = this.host;
    const begin = performance.now();
    let pressed = -Infinity;
    while (performance.now() - begin < config.stopGraceMs) {
      if (!(await isAlive(identity))) return;
      try {
        const status = await this.monitor.status(signal);
        if (status === PAUSED) await this.monitor.resume(signal);
        else if (!RUNNING.has(status)) return;
        if (performance.now() - pressed > PRESS_AGAIN_MS) {
          await this.monitor.pressPowerButton(signal);
          pressed = performance.now();
        }
      } catch (error) {
        if (!(error instanceof QmpUnreachableError)) throw error;
      }
      await clock.wait(LOOK_EVERY_MS, signal);
    }
  }
}
