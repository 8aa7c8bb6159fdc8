import { writeSync } from 'node:fs';
import type { LoggerService } from '@nestjs/common';
import { pino, stdSerializers, type Logger as Pino } from 'pino';
import type { LogFormat } from '../service.config';
import { LogStream } from './log-stream';

/** Characters that may wait for a reader of standard output. */
const MAX_CHARACTERS = 8_388_608;

export interface LoggingOptions {
  readonly level: string;
  readonly service: string;
  /** Turns a line of JSON into the text to write; undefined for JSON. */
  readonly format?: ((line: string) => string) | undefined;
}

/** The format of log lines, if any; for people if nothing else is set and standard output is a terminal. */
export async function formatOf(setting: LogFormat): Promise<LoggingOptions['format']> {
  const isPretty = setting === 'auto' ? process.stdout.isTTY : setting === 'pretty';
  if (!isPretty) return undefined;
  // Loaded only if it is used: it takes longer than the logger itself.
  const { prettyLines } = await import('./pretty-lines.js');
  return prettyLines();
}

/**
 * The structured log: by default one JSON object per line on standard output. Writes are asynchronous and batched. If standard
 * output is not read, lines beyond a limit are dropped and counted.
 */
export function createLog({ level, service, format }: LoggingOptions): Pino {
  // Writes to the file descriptor would block a thread, which prevents the exit; writes to this stream do not.
  const stream = new LogStream({
    out: process.stdout,
    maxCharacters: MAX_CHARACTERS,
    format,
    onDropped: (dropped) =>
      log.warn({ dropped }, 'log lines were dropped because standard output was not read'),
  });
  process.on('exit', () => writeRest(stream));
  const log = pino(
    {
      level,
      base: { service },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: stdSerializers.errWithCause },
    },
    stream,
  );
  return log;
}

/** Writes the last lines of a process that exits without a flush, as far as possible without waiting. */
function writeRest(stream: LogStream): void {
  try {
    writeSync(process.stdout.fd, stream.takeRest());
  } catch {
    // The reader is gone or does not read.
  }
}

/** Loggers of Nest's own startup; their lines are logged at debug level. */
const FRAMEWORK = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

type Severity = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Writes Nest's `Logger` to the structured log: `logger.warn({ operationId }, 'text')` or `logger.warn('text')`. */
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

  /** Nest passes the name of the logger as the last argument. */
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
