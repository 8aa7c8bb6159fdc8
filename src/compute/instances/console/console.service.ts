import { Injectable, Logger } from '@nestjs/common';
import type { ComputeDriver, ConsoleLog, DriverCall } from '../../../drivers';
import { MAX_LINES, toConsoleDocument } from './console-lines';
import { ConsoleStreams, type FrameStream } from './console-streams';
import { EngineQueries, observationAfter, QUERY_TIMEOUT_MS } from '../engine/engine-queries';
import { ConsoleUnsupportedError } from '../engine/engine.errors';
import { InstanceWaiter, type InstanceUpdate } from '../waits/instance-waiter';
import type { QueryTarget } from '../store/query-targets.repository';
import { SharedCalls } from '../engine/shared-calls';

interface Console {
  readonly driver: ComputeDriver;
  readonly log: ConsoleLog;
}

/** Console output, read from the engine. Nothing is stored. */
@Injectable()
export class ConsoleService {
  private readonly logger = new Logger('Console');
  private readonly tails = new SharedCalls<readonly string[]>();

  constructor(
    private readonly queries: EngineQueries,
    private readonly streams: ConsoleStreams,
    private readonly waiter: InstanceWaiter,
  ) {}

  /**
   * JSON text of the last lines.
   * @throws {InstanceNotFoundError | AccessDeniedError | ConsoleUnsupportedError | WrongReplicaError}
   * @throws {EngineUnavailableError | EngineRefusedError | TooManyWaitsError}
   */
  async tail(tenantId: string, id: string, lines: number, signal: AbortSignal): Promise<string> {
    const target = await this.queries.find(tenantId, id);
    const console = this.consoleOf(target);
    const newest = await this.queries.run(console.driver, 'console', () =>
      this.tails.ask({
        // Requests for different numbers of lines share one call.
        key: target.id,
        tenantId,
        timeoutMs: QUERY_TIMEOUT_MS,
        signal,
        work: async (stopping) => tailOrNothing(console, this.queries.callOf(target, stopping), MAX_LINES),
      }),
    );
    return toConsoleDocument(newest.slice(-lines));
  }

  /**
   * Sends the last lines and then new ones, until the guest ends or the stream closes.
   * @throws {InstanceNotFoundError | AccessDeniedError | ConsoleUnsupportedError | WrongReplicaError}
   * @throws {EngineUnavailableError | EngineRefusedError | TooManyStreamsError | ShuttingDownError}
   */
  async follow(tenantId: string, id: string, lines: number, stream: FrameStream): Promise<void> {
    const target = await this.queries.find(tenantId, id);
    const console = this.consoleOf(target);
    const call = this.queries.callOf(target, stream.signal);
    await this.queries.run(console.driver, 'console', () =>
      this.streams.follow({
        tenantId,
        instanceId: target.id,
        stream,
        source: () => followOrNothing(console, call, { lines, ended: this.endOf(target, stream.signal) }),
      }),
    );
  }

  /** Checks whether the console can be followed. @throws like `follow`. */
  async assertConsole(tenantId: string, id: string): Promise<void> {
    this.consoleOf(await this.queries.find(tenantId, id));
  }

  /** Aborts when the instance is stopped or deleted, unless `signal` aborts first. */
  private endOf(target: QueryTarget, signal: AbortSignal): AbortSignal {
    const { id, status } = target;
    const ended = new AbortController();
    const hasEnded = (update: InstanceUpdate): boolean =>
      update === 'gone' || (update.status === 'stopped' && status !== 'stopped');
    this.waiter.until(target, hasEnded, signal).then(
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

  private consoleOf(target: QueryTarget): Console {
    const driver = this.queries.driverOf(target);
    const { consoleLog: log } = driver.abilities;
    if (!log) throw new ConsoleUnsupportedError(driver.kind);
    return { driver, log };
  }
}

/** An instance that does not exist at the engine, or not yet, has an empty console. */
async function tailOrNothing(
  { driver, log }: Console,
  call: DriverCall,
  lines: number,
): Promise<readonly string[]> {
  try {
    return await log.tail(call, lines);
  } catch (error) {
    const observation = await observationAfter(error, driver, call);
    if (observation?.presence === 'absent') return [];
    throw error;
  }
}

/** The same for following: an absent instance yields no lines. */
async function* followOrNothing(
  { driver, log }: Console,
  call: DriverCall,
  { lines, ended }: { readonly lines: number; readonly ended: AbortSignal },
): AsyncGenerator<string> {
  let hasBegun = false;
  try {
    for await (const line of log.follow(call, lines, ended)) {
      hasBegun = true;
      yield line;
    }
  } catch (error) {
    if (hasBegun) throw error;
    const observation = await observationAfter(error, driver, call);
    if (observation?.presence !== 'absent') throw error;
  }
}
