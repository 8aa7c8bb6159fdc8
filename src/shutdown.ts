import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger as Pino } from 'pino';
import { ReadinessService } from './health';

/** Time after the grace period to close connections and the database. */
const CLOSING_MS = 3000;
const FLUSH_MS = 500;

/**
 * Handles SIGTERM and SIGINT: stops accepting connections and work; work in progress finishes or is returned to the
 * queue, and the process exits with 0 within the grace period. A second signal ends it at once.
 *
 * Installed first, because Node as process 1 of a container ignores signals without a handler.
 */
export class Shutdown {
  private readonly logger = new Logger('Main');
  private app: NestExpressApplication | undefined;
  private isStopping = false;

  constructor(
    private readonly graceMs: number,
    private readonly log: Pino,
  ) {
    process.on('SIGTERM', (signal) => this.begin(signal));
    process.on('SIGINT', (signal) => this.begin(signal));
  }

  /** From now on, shutdown closes this app. */
  of(app: NestExpressApplication): void {
    this.app = app;
  }

  private begin(signal: NodeJS.Signals): void {
    if (this.isStopping) process.exit(1);
    this.isStopping = true;
    this.logger.log(`${signal}: shutting down`);
    // No work was accepted yet, and a start can be repeated at any point.
    if (!this.app) this.exit(0);
    else this.end(this.app);
  }

  private end(app: NestExpressApplication): void {
    app.get(ReadinessService).stop();
    const server: Server = app.getHttpServer();
    app.getHttpAdapter().close();
    setTimeout(() => server.closeAllConnections(), this.graceMs).unref();
    // A hanging database must not keep the process alive: its operations are taken over when their leases expire.
    setTimeout(() => this.exit(0), this.graceMs + CLOSING_MS).unref();
    app.close().then(
      () => {
        this.logger.log('stopped');
        this.exit(0);
      },
      (error: unknown) => {
        this.logger.error({ err: error }, 'did not stop cleanly');
        this.exit(1);
      },
    );
  }

  private exit(code: number): void {
    exitAfterFlush(this.log, code);
  }
}

/** Exits after the last log lines are written, or after a moment if they are not read. */
export function exitAfterFlush(log: Pino, code: number): void {
  setTimeout(() => process.exit(code), FLUSH_MS);
  log.flush(() => process.exit(code));
}
