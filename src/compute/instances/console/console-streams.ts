import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { messageOf } from '../../../platform/errors/app.error';
import { ShuttingDownError } from '../../../platform/errors/service.errors';
import { EventsConfig } from '../../events/events.config';
import { DriverError } from '../../../drivers';
import { EventStreamsDisabledError, TooManyStreamsError } from './stream.errors';
import { toLine } from './console-lines';
import { LineBuffer } from './line-buffer';

const MAX_STREAMS = 1000;
const MAX_STREAMS_OF_TENANT = 32;
/** How long to wait for a refusal by the engine, so that it can be sent as a problem document instead of a stream. */
const PATIENCE_MS = 1000;

const END = 'event: end\ndata: the guest has exited\n\n';

const LIMIT_REACHED =
  'event: reconnect\ndata: the stream has reached its maximum duration or idle time; connect again\n\n';

/** Receives the frames: an `SseStream`. */
export interface FrameStream {
  /** Aborts when the reader disconnects or the stream is ended here. */
  readonly signal: AbortSignal;
  open(limits: { readonly maxMs: number; readonly idleMs: number; readonly lastFrame: string }): void;
  /** Resolves when the reader can take more; false if it is gone. */
  write(frames: string): Promise<boolean>;
  beat(): boolean;
  end(): void;
}

export interface Following {
  readonly tenantId: string;
  readonly instanceId: string;
  readonly stream: FrameStream;
  /** The lines to send, until the signal of the stream aborts. */
  readonly source: () => AsyncIterable<string>;
}

/** Console streams of this replica. Each keeps a call to the engine open, so their number is limited. */
@Injectable()
export class ConsoleStreams implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Console');
  private readonly tenants = new Map<string, Set<FrameStream>>();
  private count = 0;
  private isClosed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly config: EventsConfig) {}

  /** How many streams are open. */
  get size(): number {
    return this.count;
  }

  onModuleInit(): void {
    this.timer = setInterval(() => this.forEach((stream) => void stream.beat()), this.config.heartbeatMs);
    this.timer.unref();
  }

  /** Ends all streams, and with them the calls to the engines. */
  onModuleDestroy(): void {
    this.isClosed = true;
    clearInterval(this.timer);
    this.forEach((stream) => stream.end());
  }

  /**
   * Sends lines until the guest or the stream ends.
   * @throws {TooManyStreamsError | ShuttingDownError | EventStreamsDisabledError} and what the source rejects with
   * before the stream is opened.
   */
  async follow(following: Following): Promise<void> {
    const { tenantId, stream, source } = following;
    const { isEnabled, ...limits } = this.config.streams;
    if (!isEnabled) throw new EventStreamsDisabledError('GET /instances/{id}/console without follow');
    const ofTenant = this.enter(tenantId, stream);
    try {
      const lines = new LineBuffer(source, stream.signal);
      await lines.begun(PATIENCE_MS);
      if (this.isDown()) throw new ShuttingDownError();
      stream.open({ ...limits, lastFrame: LIMIT_REACHED });
      await this.send(following, lines);
    } finally {
      // Even if the stream was never opened: this stops the call to the engine.
      stream.end();
      this.leave(tenantId, stream, ofTenant);
    }
  }

  private async send({ stream, instanceId, tenantId }: Following, lines: LineBuffer): Promise<void> {
    try {
      let frames = await lines.take();
      while (frames !== undefined && (await stream.write(frames))) frames = await lines.take();
      await stream.write(END);
    } catch (error) {
      this.logger.warn(
        { err: error, instanceId, tenantId },
        `failed to stream a console: ${messageOf(error)}`,
      );
      const reason = error instanceof DriverError ? error.message : 'internal error';
      await stream.write(`event: failed\ndata: ${toLine(reason)}\n\n`);
    }
  }

  private enter(tenantId: string, stream: FrameStream): Set<FrameStream> {
    if (this.isClosed) throw new ShuttingDownError();
    const ofTenant = this.tenants.get(tenantId) ?? new Set();
    if (this.count >= MAX_STREAMS || ofTenant.size >= MAX_STREAMS_OF_TENANT) throw new TooManyStreamsError();
    this.tenants.set(tenantId, ofTenant.add(stream));
    this.count++;
    return ofTenant;
  }

  private leave(tenantId: string, stream: FrameStream, ofTenant: Set<FrameStream>): void {
    this.count--;
    ofTenant.delete(stream);
    if (ofTenant.size === 0) this.tenants.delete(tenantId);
  }

  /** A method, because the value can change during an `await`. */
  private isDown(): boolean {
    return this.isClosed;
  }

  private forEach(act: (stream: FrameStream) => void): void {
    for (const streams of this.tenants.values()) for (const stream of streams) act(stream);
  }
}
