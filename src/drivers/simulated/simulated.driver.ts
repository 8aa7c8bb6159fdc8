import type { Duplex } from 'node:stream';
import type { SimulatedConfig } from './simulated.config';
import { INSTANCE_TYPES } from '../port/instance-type';
import type { Clock } from '../../platform/async/clock';
import {
  namesOf,
  type Abilities,
  type ConsoleLog,
  type Pausing,
  type Reboot,
  type Rebooting,
  type Resizer,
  type StatsReporter,
  type Usage,
} from '../port/abilities';
import type { ComputeDriver, Fingerprint } from '../port/compute-driver.port';
import { PROBE_KINDS, type Probe } from '../port/readiness';
import { isGrowth, type Resources } from '../port/resources';
import {
  DriverError,
  RestartRequiredError,
  withAddresses,
  withPorts,
  type DriverCall,
  type DriverResult,
  type Observation,
} from '../port/driver-call';
import type { Command, RunningCommand } from '../port/sessions';
import { NOT_PRINTED, probeCommand } from '../probes/in-the-guest';
import { SimulatedCommand } from './simulated.command';
import { SimulatedEvents } from './simulated.events';
import {
  addressesOf,
  isOn,
  isResumed,
  powerOf,
  publishedBy,
  rebootsOf,
  resultOf,
  resumes,
  timeOf,
  type Power,
  type Run,
} from './simulated.handle';
import { SimulatedFaults, type FaultyCall } from './simulated.faults';
import { simulatedScreen } from './simulated.screen';
import { echoingSerial } from './simulated.serial';
import { SimulatedSnapshots } from './simulated.snapshots';

const GIB = 1024 ** 3;
/** Timers may fire early by this much. */
const TIMER_MS = 5;

/**
 * Driver that runs nothing; it simulates delays, and failures on request.
 *
 * All state is in the handle, so a crash loses nothing, any replica can take over,
 * and an aborted call has nothing to undo.
 */
export class SimulatedDriver
  implements ComputeDriver, ConsoleLog, StatsReporter, Pausing, Rebooting, Resizer
{
  readonly kind = 'simulated';
  readonly capabilities = {
    types: INSTANCE_TYPES,
    images: 'ignored' as const,
    isUnlimited: true as const,
    metadataPrefix: 'simulate.',
  };
  readonly canPrepare = true;
  readonly abilities: Abilities;
  private readonly events: SimulatedEvents;

  constructor(
    private readonly config: SimulatedConfig,
    private readonly clock: Clock,
  ) {
    this.events = new SimulatedEvents(clock);
    this.abilities = {
      ...{ events: this.events, consoleLog: this, stats: this, pause: this, reboot: this, resize: this },
      rebuild: { prepare: (call) => this.act('rebuild', 0, call) },
      serial: { connect: (call) => this.serial(call) },
      vnc: { connect: (call) => this.screen(call) },
      exec: { start: (call, command) => this.exec(call, command) },
      terminal: true,
      snapshots: new SimulatedSnapshots({
        act: (...of) => this.act(...of),
        create: (call, isResuming) => this.createFrom(call, isResuming),
      }),
      snapshotMemory: true,
      readiness: { kindsFor: () => PROBE_KINDS, probe: (call, probe) => this.probe(call, probe) },
    };
  }

  async fingerprint(): Promise<Fingerprint> {
    const { kind, capabilities, abilities, config } = this;
    return {
      isUp: true,
      detail: kind,
      types: capabilities.types,
      hosts: [{ id: kind, inventory: config.capacity }],
      abilities: namesOf(abilities),
    };
  }

  create(call: DriverCall): Promise<DriverResult> {
    return this.createFrom(call, false);
  }

  private async createFrom(call: DriverCall, isResuming: boolean): Promise<DriverResult> {
    if (powerOf(call.handle) === undefined) await this.act('create', this.config.provisionDelayMs, call);
    return this.started(call, { reboots: 0, isResumed: isResuming });
  }

  async start(call: DriverCall): Promise<DriverResult> {
    const isRestart = call.purpose === 'restart';
    if (powerOf(call.handle) === 'running') return this.changed(call, 'running');
    await this.act(isRestart ? 'restart' : 'start', isRestart ? this.config.restartDelayMs : 0, call);
    return this.started(call, { reboots: 0, isResumed: resumes(call) });
  }

  async stop(call: DriverCall): Promise<DriverResult> {
    if (isOn(call)) await this.act('stop', 0, call);
    return this.changed(call, 'stopped');
  }

  async pause(call: DriverCall): Promise<DriverResult> {
    assertOn(call);
    if (powerOf(call.handle) !== 'paused') await this.act('pause', 0, call);
    return this.changed(call, 'paused');
  }

  async resume(call: DriverCall): Promise<DriverResult> {
    assertOn(call);
    if (powerOf(call.handle) === 'paused') await this.act('resume', 0, call);
    return this.started(call, { reboots: rebootsOf(call.handle), isResumed: isResumed(call.handle) });
  }

  async runOf({ handle }: DriverCall): Promise<string | null> {
    return isOn({ handle }) ? `run-${rebootsOf(handle)}` : null;
  }

  async reboot(call: DriverCall, { run }: Reboot): Promise<DriverResult> {
    if (run === null || run !== (await this.runOf(call))) return this.start(call);
    await this.act('reboot', this.config.restartDelayMs, call);
    return this.started(call, { reboots: rebootsOf(call.handle) + 1 });
  }

  async destroy(call: DriverCall): Promise<void> {
    await this.act('delete', 0, call);
    this.changed(call, 'stopped');
  }

  async inspect(call: DriverCall): Promise<Observation> {
    const ports = publishedBy(call.instance);
    const observation = withPorts(observe(call), { ports }, () => ports);
    return withAddresses(observation, addressesOf(call.instance));
  }

  async tail(call: DriverCall, lines: number): Promise<readonly string[]> {
    await this.act('console', 0, call);
    return printedBy(call).slice(-lines);
  }

  /** A running instance prints nothing more, so this ends only when the instance or the call ends. */
  async *follow(call: DriverCall, lines: number, ended?: AbortSignal): AsyncGenerator<string> {
    yield* await this.tail(call, lines);
    if (isOn(call)) await anyAborted(ended ? [call.signal, ended] : [call.signal]);
  }

  /** Constant over time: a fixed share of the flavor's resources. */
  async usage(call: DriverCall): Promise<Usage> {
    await this.act('stats', 0, call);
    assertOn(call);
    const { vcpus, ramGB, diskGB } = call.instance.flavor;
    return {
      cpu: { percent: powerOf(call.handle) === 'paused' ? 0 : vcpus * 5, totalSeconds: vcpus * 10 },
      memory: { usedBytes: (ramGB * GIB) / 4, limitBytes: ramGB * GIB },
      disk: { readBytes: GIB, writtenBytes: GIB / 2, usedBytes: (diskGB * GIB) / 8 },
      network: { receivedBytes: 1_000_000, sentBytes: 500_000 },
    };
  }

  /** Running instances can only grow, as with most engines. */
  isLive(from: Resources, to: Resources): boolean {
    return isGrowth(from, to);
  }

  async resize(call: DriverCall, to: Resources): Promise<DriverResult> {
    const power = powerOf(call.handle) ?? 'stopped';
    const isLive = this.isLive(call.instance.flavor, to) && !new SimulatedFaults(call).needsRestart();
    if (power === 'running' && !isLive) throw new RestartRequiredError('A running instance can only grow');
    await this.act('resize', 0, call);
    return this.changed(call, power);
  }

  /** Prints what the instance has printed so far, then everything that is typed. */
  private async serial(call: DriverCall): Promise<Duplex> {
    await this.act('console', 0, call);
    assertRunning(call);
    return echoingSerial(printedBy(call), call.signal);
  }

  private async screen(call: DriverCall): Promise<Duplex> {
    await this.act('console', 0, call);
    assertRunning(call);
    return simulatedScreen(call.instance.name, call.signal);
  }

  private async exec(call: DriverCall, command: Command): Promise<RunningCommand> {
    await this.act('exec', 0, call);
    assertRunning(call);
    return new SimulatedCommand(command, { clock: this.clock, env: call.instance.guest.env }, call.signal);
  }

  /** Nothing listens at its ports: as if something did, some time after the start. */
  private async probe(call: DriverCall, probe: Probe): Promise<string | null> {
    await this.act('probe', 0, call);
    assertRunning(call);
    switch (probe.kind) {
      case 'port':
      case 'http':
        return Date.now() >= timeOf(call.handle, 'readyAt', 0) ? null : 'nothing listens at the port yet';
      case 'serial':
        return printedBy(call).some((line) => line.includes(probe.text)) ? null : NOT_PRINTED;
      case 'exec':
        return probeCommand({ start: (...of) => this.exec(...of) }, call, probe.command);
    }
  }

  /** The guest runs, and gets ready or exits later if that was requested. */
  private started(call: DriverCall, run: Pick<Run, 'reboots' | 'isResumed'>): DriverResult {
    const faults = new SimulatedFaults(call);
    const [readyMs, exitMs] = [faults.readyAfterMs(), faults.exitAfterMs()];
    const readyAt = readyMs > 0 ? Date.now() + readyMs : undefined;
    if (exitMs === undefined) return resultOf(call, 'running', { ...run, readyAt });
    this.events.report(call.instance.id);
    this.events.reportAfter(exitMs + TIMER_MS, call.instance.id);
    return resultOf(call, 'running', { ...run, readyAt, exitsAt: Date.now() + exitMs });
  }

  /** An exit that was requested stays at its time. */
  private changed(call: DriverCall, power: Power): DriverResult {
    if (new SimulatedFaults(call).exitAfterMs() !== undefined) this.events.report(call.instance.id);
    if (power === 'stopped') return resultOf(call, power, { reboots: 0 });
    const run = { reboots: rebootsOf(call.handle), isResumed: isResumed(call.handle) };
    if (power === 'paused') return resultOf(call, power, run);
    const [exitsAt, readyAt] = [
      timeOf(call.handle, 'exitsAt', undefined),
      timeOf(call.handle, 'readyAt', undefined),
    ];
    return resultOf(call, power, { ...run, exitsAt, readyAt });
  }

  private async act(verb: FaultyCall, configuredMs: number, call: DriverCall): Promise<void> {
    const faults = new SimulatedFaults(call);
    const progress = faults.progress(verb);
    if (progress !== undefined) call.progress(progress);
    await this.clock.wait(faults.delayMs(verb, configuredMs), call.signal);
    faults.raise(verb);
  }
}

function observe(call: DriverCall): Observation {
  const power = powerOf(call.handle);
  if (power === undefined) return { presence: 'absent' };
  if (power !== 'stopped' || call.handle?.data['power'] === 'stopped') return { presence: 'present', power };
  const code = new SimulatedFaults(call).exitCode();
  const ending = { isFailure: code !== 0, isHostRestarted: false };
  return { presence: 'present', power, reason: `exited with code ${code}`, ending };
}

function assertRunning({ handle }: DriverCall): void {
  if (powerOf(handle) !== 'running') throw new DriverError('not running', { retryable: false });
}

async function anyAborted(signals: readonly AbortSignal[]): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of signals) {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    }
  });
}

function assertOn(call: DriverCall): void {
  if (!isOn(call)) throw new DriverError('not running', { retryable: false });
}

function printedBy(call: DriverCall): readonly string[] {
  const { name } = call.instance;
  if (powerOf(call.handle) === undefined) return [];
  const booted = isResumed(call.handle)
    ? [`simulated: ${name} goes on from a snapshot`]
    : [`simulated: ${name} starts`, `simulated: ${name} booted`];
  if (!isOn(call)) return [...booted, `simulated: ${name} stopped`];
  return rebootsOf(call.handle) === 0 ? booted : [...booted, `simulated: ${name} reboots`, ...booted];
}
