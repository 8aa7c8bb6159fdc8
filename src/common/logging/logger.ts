import type { LoggerService } from '@nestjs/common';
import { destination, pino, stdSerializers, type Logger as Pino } from 'pino';

/** Lines that wait for a reader of standard output; where nobody reads, the rest is dropped and not kept. */
const MAX_BUFFER_BYTES = 8_388_608;

export interface LoggingOptions {
  readonly level: string;
  readonly service: string;
}

/**
 * The structured log: one JSON object a line on standard output.
 * Written asynchronously and several lines at once, so that a slow reader slows no request.
 */
export function createLog({ level, service }: LoggingOptions): Pino {
  return pino(
    {
      level,
      base: { service },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: stdSerializers.errWithCause },
    },
    destination({ fd: 1, sync: false, maxLength: MAX_BUFFER_BYTES, ...GATHER }),
  );
}

/** Lines are written together, but none is kept for longer than this, and errors are written at once. */
const GATHER = { minLength: 4096, periodicFlush: 100 };

/** What Nest tells of its own start is for those who debug it. */
const FRAMEWORK = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

type Severity = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Lets Nest's `Logger` write to the structured log: `logger.warn({ operationId }, 'text')` or `logger.warn('text')`. */
export class NestLog implements LoggerService {
  constructor(private readonly pino: Pino) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(FRAMEWORK.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest appends the name of the logger as the last argument. */
  private write(severity: Severity, message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    if (message instanceof Error) {
      this.pino[severity]({ context, err: message }, message.message);
    } else if (typeof message === 'object' && message !== null) {
      this.pino[severity]({ context, ...message }, typeof rest[0] === 'string' ? rest[0] : undefined);
    } else {
      this.pino[severity]({ context }, String(message));
    }
    if (severity === 'error' || severity === 'fatal') this.pino.flush();
  }
}
