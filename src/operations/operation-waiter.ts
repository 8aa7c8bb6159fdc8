import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { OperationSignals } from './operation-signals';
import { OperationsQueue } from './operations.queue';

const SAFETY_NET_MS = 1000;

/** A look-out for the end of one operation; stop it when it is not needed any more. */
export interface Watch {
  /** Whether the operation ended within the time. */
  ended(timeoutMs: number): Promise<boolean>;
  stop(): void;
}

type Resolve = (hasEnded: boolean) => void;

/** Lets requests wait for an operation, woken by its end and not by looking. */
@Injectable()
export class OperationWaiter implements OnModuleInit {
  private readonly logger = new Logger('Operations');
  private readonly watched = new Map<string, Set<Resolve>>();
  private safetyNet: NodeJS.Timeout | undefined;
  private isLooking = false;
  private isClosing = false;

  constructor(
    private readonly signals: OperationSignals,
    private readonly queue: OperationsQueue,
  ) {}

  onModuleInit(): void {
    this.signals.on('finished', (id) => this.wake(id, true));
    this.signals.on('resync', () => void this.look());
    this.signals.on('stopped', () => this.close());
  }

  /** Misses nothing from now on; an end before this call is the caller's to look up. */
  watch(operationId: string): Watch {
    const { promise, resolve } = withResolvers();
    if (this.isClosing) resolve(false);
    else this.add(operationId, resolve);
    return {
      ended: async (timeoutMs) => {
        const timer = setTimeout(() => resolve(false), timeoutMs);
        return promise.finally(() => clearTimeout(timer));
      },
      stop: () => this.remove(operationId, resolve),
    };
  }

  /** Whoever still waits is told that it has not ended: the work goes on elsewhere. */
  private close(): void {
    this.isClosing = true;
    for (const id of [...this.watched.keys()]) this.wake(id, false);
  }

  private add(id: string, resolve: Resolve): void {
    const resolvers = this.watched.get(id) ?? new Set();
    this.watched.set(id, resolvers.add(resolve));
    this.safetyNet ??= setInterval(() => void this.look(), SAFETY_NET_MS).unref();
  }

  private remove(id: string, resolve: Resolve): void {
    const resolvers = this.watched.get(id);
    resolvers?.delete(resolve);
    if (resolvers?.size === 0) this.watched.delete(id);
    if (this.watched.size > 0) return;
    clearInterval(this.safetyNet);
    this.safetyNet = undefined;
  }

  private wake(id: string, hasEnded: boolean): void {
    for (const resolve of this.watched.get(id) ?? []) resolve(hasEnded);
  }

  private async look(): Promise<void> {
    if (this.isLooking || this.watched.size === 0) return;
    this.isLooking = true;
    try {
      for (const id of await this.queue.finishedAmong([...this.watched.keys()])) this.wake(id, true);
    } catch (error) {
      this.logger.debug({ err: error }, 'cannot look for finished operations');
    } finally {
      this.isLooking = false;
    }
  }
}

function withResolvers(): { promise: Promise<boolean>; resolve: Resolve } {
  let resolve: Resolve = () => undefined;
  const promise = new Promise<boolean>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
