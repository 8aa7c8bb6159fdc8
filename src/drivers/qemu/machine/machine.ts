import { isDeepStrictEqual } from 'node:util';
import {
  DriverError,
  isLeaseLost,
  type InstanceSpec,
  type Observation,
  type PublishedPort,
} from '../../port/driver-call';
import type { RebootType } from '../../port/abilities';
import { bootId } from '../../../platform/procfs';
import { isOfMonitor } from '../qemu.errors';
import type { InstanceDirectory } from '../files/instance-directory';
import { consoleMark } from './console-mark';
import { growDisk } from '../disks/disk';
import { observeEnded } from './endings';
import type { InstanceState, LaunchSpec } from './instance-state';
import { Launcher, statusOf } from '../launch/launcher';
import { launchSpecOf } from '../launch/launch-spec';
import { HELD, ITSELF, observationOf, PAUSED, RUNNING } from './status-mapper';
import { choosePorts, PortTakenError } from './ports';
import type { QemuHost } from '../qemu.host';
import { QemuMonitor } from '../qmp/qemu.monitor';
import {
  findProcess,
  isAlive,
  killProcess,
  searchProcess,
  waitUntilGone,
  type ProcessIdentity,
} from './qemu.process';
import { QmpUnreachableError } from '../qmp/qmp.client';
import { RotatingLog } from '../files/rotating-log';
import { DOES_NOT_ANSWER } from '../unresponsive-vms';

const LOOK_EVERY_MS = 100;
/** A guest that is still booting ignores the power button; pressing it again does no harm otherwise. */
const PRESS_AGAIN_MS = 3000;
const END_MS = 10_000;
const PORT_ATTEMPTS = 5;

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
      const observation = observationOf(
        await statusOf(this.monitor, identity, this.host.clock, signal),
        state,
      );
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
      const status = await statusOf(this.monitor, identity, this.host.clock, signal);
      const isHeld = status === PAUSED || status === HELD;
      // With a memory to load, its guest has not run yet: that start was interrupted.
      if (isHeld && state.resumes === null) await this.monitor.resume(signal);
      if ((isHeld || RUNNING.has(status)) && state.resumes === null) return state.ports;
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
    const spec = await launchSpecOf(this.host, state, instance, signal);
    const { hasAgent } = spec;
    const { growsToGB } = state;
    if (growsToGB !== null) await growDisk(this.host, this.directory.file('disk'), growsToGB, signal);
    const started = { sources, isWanted: true, ended: null, hostBoot, ...mark, hasAgent, launched: spec };
    for (let attempt = 1; ; attempt++) {
      const ports = await choosePorts(instance.guest.ports, this.host.config, state.ports);
      const next = { ...state, ...started, ports, growsToGB: null };
      if (!isDeepStrictEqual(next, state)) await this.directory.writeState(next);
      try {
        await this.launchAndSync(next, spec, signal);
        return ports;
      } catch (error) {
        if (isLeaseLost(signal)) throw error;
        const isMemoryUsed = (await this.directory.readState())?.resumes === null;
        await this.directory.writeState(isMemoryUsed ? { ...state, resumes: null } : state);
        if (!(error instanceof PortTakenError) || attempt === PORT_ATTEMPTS) throw error;
      }
    }
  }

  /** Shuts the guest down unless `how` is `hard`, and ends the process if that takes too long. */
  async powerOff(state: InstanceState, signal: AbortSignal, how: RebootType = 'soft'): Promise<void> {
    const identity = await searchProcess(this.directory);
    await this.directory.writeState({ ...state, isWanted: false, ended: null });
    if (!identity) return;
    // With a memory to load, its guest has not run yet.
    if (how === 'soft' && state.resumes === null) await this.askToShutDown(identity, signal);
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
  private async launchAndSync(state: InstanceState, spec: LaunchSpec, signal: AbortSignal): Promise<void> {
    const used = (): Promise<void> => this.directory.writeState({ ...state, resumes: null });
    const launch = { state, spec, resumes: state.resumes ? used : null };
    const both = [new Launcher(this.host, this.directory).launch(launch, signal), this.directory.sync()];
    // Waits for both, even if one fails: the caller then removes or changes the directory.
    for (const part of await Promise.allSettled(both)) if (part.status === 'rejected') throw part.reason;
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
