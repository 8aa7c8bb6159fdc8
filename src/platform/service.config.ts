import { str } from 'envalid';
import { choice, defineConfig, integer, matching } from './config';

export type LogFormat = 'auto' | 'json' | 'pretty';

/** The process as a whole. */
export class ServiceConfig extends defineConfig({
  title: 'Name, log and shutdown',
  variables: {
    SERVICE_NAME: matching(/^[\w.-]{1,64}$/, 'up to 64 letters, digits, "_", "." or "-"', {
      default: 'compute-service',
      desc: 'Name of this service in logs and metrics',
    }),
    LOG_LEVEL: choice(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'one of fatal, error, warn, info, debug, trace, silent',
      {
        default: 'info',
        desc: 'Minimum log level: fatal, error, warn, info, debug, trace or silent',
      },
    ),
    LOG_FORMAT: str<LogFormat>({
      choices: ['auto', 'json', 'pretty'],
      default: 'auto',
      desc: 'Format of log lines: json, pretty, or auto, which is pretty if standard output is a terminal',
    }),
    SHUTDOWN_GRACE_SECONDS: integer(0, 600, {
      default: 20,
      desc: 'Time after SIGTERM to finish work in progress',
    }),
  },
  config: (env) => ({
    name: env.SERVICE_NAME,
    logLevel: env.LOG_LEVEL,
    logFormat: env.LOG_FORMAT,
    shutdownGraceMs: env.SHUTDOWN_GRACE_SECONDS * 1000,
  }),
}) {}
