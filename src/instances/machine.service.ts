import { Injectable, Logger } from '@nestjs/common';
import { TimedOut } from '../common/bounded';
import type { SseStream } from '../common/http/sse';
import { isUuid } from '../common/uuid';
import {
  DriverError,
  measures,
  tellsConsole,
  wordOf,
  type ComputeDriver,
  type ConsoleTelling,
  type DriverCall,
  type Measuring,
  type Observation,
  type Usage,
} from '../drivers';
import { MAX_LINES, toConsoleDocument } from './console-lines';
import { ConsoleStreams } from './console-streams';
import { EngineCalls } from './engine-calls';
import { IllegalStateError } from './instance.errors';
import { InstanceMachinesRepository, type Machine } from './instance-machines.repository';
import { InstanceWaiter, type News } from './instance-waiter';
import { accessible } from './instances.service';
import {
  ConsoleUnsupportedError,
  EngineRefusedError,
  EngineUnavailableError,
  StatsUnsupportedError,
} from './machine.errors';
import { SharedCalls } from './shared-calls';
import { TRANSITIONS } from './transitions';

const TIMEOUT_MS = 10_000;

/** Resource usage of a running instance. `at` is the time of measurement in Unix seconds. */
export interface Stats extends Usage {
  readonly at: number;
}

/** Console output and usage, read from the engine. Nothing is stored. */
@Injectable()
export class MachineService {
  private readonly logger = new Logger('Console');
  private readonly tails = new SharedCalls<readonly string[]>();
  private readonly measurements = new SharedCalls<Stats>();

  constructor(
    private readonly machines: InstanceMachinesRepository,
    private readonly engines: EngineCalls,
    private readonly streams: ConsoleStreams,
    private readonly waiter: InstanceWaiter,
  ) {}

  /**
   * JSON text of the last lines.
   * @throws {InstanceNotFoundError | AccessDeniedError | ConsoleUnsupportedError}
   * @throws {EngineUnavailableError | EngineRefusedError | TooManyWaitsError}
   */
  async tail(tenantId: string, id: string, lines: number, signal: AbortSignal): Promise<string> {
    const machine = await this.find(tenantId, id);
    const driver = this.consoleOf(machine);
    const newest = await this.explaining(driver.kind, 'console', () =>
      this.tails.ask({
        // Requests for different numbers of lines share one call.
        key: machine.id,
        tenantId,
        timeoutMs: TIMEOUT_MS,
        signal,
        work: async (stopping) => {
          const call = this.engines.callOf(machine, { purpose: 'inspect', signal: stopping });
          return tailOrNothing(driver, call, MAX_LINES);
        },
      }),
    );
    return toConsoleDocument(newest.slice(-lines));
  }

  /**
   * Sends the last lines and then new ones, until the guest ends or the stream closes.
   * @throws {InstanceNotFoundError | AccessDeniedError | ConsoleUnsupportedError}
   * @throws {EngineUnavailableError | EngineRefusedError | TooManyStreamsError | ShuttingDownError}
   */
  async follow(tenantId: string, id: string, lines: number, stream: SseStream): Promise<void> {
    const machine = await this.find(tenantId, id);
    const driver = this.consoleOf(machine);
    const call = this.engines.callOf(machine, { purpose: 'inspect', signal: stream.signal });
    await this.explaining(driver.kind, 'console', () =>
      this.streams.follow({
        tenantId,
        instanceId: machine.id,
        stream,
        source: () => followOrNothing(driver, call, { lines, ended: this.endOf(machine, stream.signal) }),
      }),
    );
  }

  /** Checks whether the console can be followed. @throws like `follow`. */
  async assertConsole(tenantId: string, id: string): Promise<void> {
    this.consoleOf(await this.find(tenantId, id));
  }

  /**
   * @throws {InstanceNotFoundError | AccessDeniedError | IllegalStateError | StatsUnsupportedError}
   * @throws {EngineUnavailableError | EngineRefusedError | TooManyWaitsError}
   */
  async stats(tenantId: string, id: string, signal: AbortSignal): Promise<Stats> {
    const machine = await this.find(tenantId, id);
    if (!TRANSITIONS.stop.from.includes(machine.status)) throw notRunning(machine);
    const driver = this.engines.driverOf(machine);
    if (!measures(driver)) throw new StatsUnsupportedError(driver.kind);
    return this.explaining(driver.kind, 'stats', () =>
      this.measurements.ask({
        key: machine.id,
        tenantId,
        timeoutMs: TIMEOUT_MS,
        signal,
        work: async (stopping) => {
          const call = this.engines.callOf(machine, { purpose: 'inspect', signal: stopping });
          const { cpu, memory, disk, network } = await measured(driver, call, machine);
          return { cpu, memory, disk, network, at: Math.floor(Date.now() / 1000) };
        },
      }),
    );
  }

  private async find(tenantId: string, id: string): Promise<Machine> {
    return accessible(isUuid(id) ? await this.machines.find(tenantId, id) : undefined);
  }

  /** Aborts when the instance is stopped or deleted, unless `signal` aborts first. */
  private endOf(machine: Machine, signal: AbortSignal): AbortSignal {
    const { id, status } = machine;
    const ended = new AbortController();
    const hasEnded = (news: News): boolean =>
      news === 'gone' || (news.status === 'stopped' && status !== 'stopped');
    this.waiter.until(machine, hasEnded, signal).then(
      (isSo) => isSo && ended.abort(),
      (error: unknown) => {
        // The driver may still report the end, and the stream has a maximum duration.
        this.logger.warn(
          { err: error, instanceId: id },
          'failed to watch an instance whose console is followed',
        );
      },
    );
    return ended.signal;
  }

  private consoleOf(machine: Machine): ComputeDriver & ConsoleTelling {
    const driver = this.engines.driverOf(machine);
    if (!tellsConsole(driver)) throw new ConsoleUnsupportedError(driver.kind);
    return driver;
  }

  /** Translates driver errors and timeouts; any other error is a bug and passes unchanged. */
  private async explaining<T>(kind: string, what: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof DriverError) {
        throw error.retryable
          ? new EngineUnavailableError(kind, error.message, error)
          : new EngineRefusedError(what, error);
      }
      if (error instanceof TimedOut) throw new EngineUnavailableError(kind, error.message, error);
      throw error;
    }
  }
}

function notRunning(machine: Machine): IllegalStateError {
  const { from, refusal } = TRANSITIONS.stop;
  return new IllegalStateError(refusal, machine, from);
}

/** @throws {IllegalStateError} if the instance has ended since its status was stored. */
async function measured(
  driver: ComputeDriver & Measuring,
  call: DriverCall,
  machine: Machine,
): Promise<Usage> {
  try {
    return await driver.usage(call);
  } catch (error) {
    const observation = await observationAfter(error, driver, call);
    if (!observation || wordOf(observation) === 'running') throw error;
    throw notRunning({ ...machine, status: wordOf(observation) === 'stopped' ? 'stopped' : 'error' });
  }
}

/** An instance that does not exist at the engine, or not yet, has an empty console. */
async function tailOrNothing(
  driver: ComputeDriver & ConsoleTelling,
  call: DriverCall,
  lines: number,
): Promise<readonly string[]> {
  try {
    return await driver.tail(call, lines);
  } catch (error) {
    const observation = await observationAfter(error, driver, call);
    if (observation?.presence === 'absent') return [];
    throw error;
  }
}

/** The same for following: an absent instance yields no lines. */
async function* followOrNothing(
  driver: ComputeDriver & ConsoleTelling,
  call: DriverCall,
  { lines, ended }: { readonly lines: number; readonly ended: AbortSignal },
): AsyncGenerator<string> {
  let hasBegun = false;
  try {
    for await (const line of driver.follow(call, lines, ended)) {
      hasBegun = true;
      yield line;
    }
  } catch (error) {
    if (hasBegun) throw error;
    const observation = await observationAfter(error, driver, call);
    if (observation?.presence !== 'absent') throw error;
  }
}

/** The state at the engine after a failed call; undefined if that is unknown. */
async function observationAfter(
  error: unknown,
  driver: ComputeDriver,
  call: DriverCall,
): Promise<Observation | undefined> {
  if (!(error instanceof DriverError)) return undefined;
  return driver.inspect(call).catch(() => undefined);
}
