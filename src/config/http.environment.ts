import { makeValidator, str, type CleanedEnv } from 'envalid';
import type { HttpConfig, StreamsConfig } from './app-config';
import { integer, listOf } from './validators';

const ORIGIN = /^(\*|https?:\/\/[a-z0-9.-]+(:\d{1,5})?|https?:\/\/\[[0-9a-f:]+\](:\d{1,5})?)$/;

const origins = makeValidator<string>((value) => {
  if (listOf(value).every((origin) => ORIGIN.test(origin))) return value;
  throw new Error('must be origins like https://console.example.com, separated by commas, or *');
});

export const HTTP_ENVIRONMENT = {
  PORT: integer(0, 65_535)({ default: 8081, desc: 'TCP port of the HTTP API; 0 means any free port' }),
  HOST: str({ default: '0.0.0.0', desc: 'Address to listen on' }),
  CORS_ORIGINS: origins({
    default: '',
    desc: 'Origins of browser pages that may call the API, separated by commas; * means all, empty means none',
  }),
  BODY_LIMIT_BYTES: integer(1024, 67_108_864)({ default: 2_097_152, desc: 'Maximum size of a request body' }),
  REQUEST_TIMEOUT_SECONDS: integer(1, 600)({ default: 30, desc: 'Time limit for receiving a request' }),
  BODY_TIMEOUT_SECONDS: integer(
    1,
    600,
  )({ default: 5, desc: 'Time limit without data while a client sends a body' }),
  KEEP_ALIVE_SECONDS: integer(
    1,
    3600,
  )({ default: 75, desc: "Idle time of a kept-alive connection; longer than the gateway's" }),
};

export const STREAMS_ENVIRONMENT = {
  EVENT_STREAMS: str({
    choices: ['on', 'off'],
    default: 'on',
    desc: 'Whether event streams are available, on or off; use off behind a gateway that cannot forward streams',
  }),
  EVENT_STREAM_MAX_SECONDS: integer(
    1,
    604_800,
  )({ default: 3600, desc: 'Maximum duration of an event or console stream; clients reconnect' }),
  EVENT_STREAM_IDLE_SECONDS: integer(
    1,
    604_800,
  )({
    default: 900,
    desc: 'Maximum time without an event or a line in a stream; clients reconnect',
  }),
};

export function toHttp(env: CleanedEnv<typeof HTTP_ENVIRONMENT>): HttpConfig {
  return {
    host: env.HOST,
    port: env.PORT,
    corsOrigins: listOf(env.CORS_ORIGINS),
    bodyLimitBytes: env.BODY_LIMIT_BYTES,
    requestTimeoutMs: env.REQUEST_TIMEOUT_SECONDS * 1000,
    bodyTimeoutMs: env.BODY_TIMEOUT_SECONDS * 1000,
    keepAliveMs: env.KEEP_ALIVE_SECONDS * 1000,
  };
}

export function toStreams(env: CleanedEnv<typeof STREAMS_ENVIRONMENT>): StreamsConfig {
  return {
    isEnabled: env.EVENT_STREAMS === 'on',
    maxMs: env.EVENT_STREAM_MAX_SECONDS * 1000,
    idleMs: env.EVENT_STREAM_IDLE_SECONDS * 1000,
  };
}
