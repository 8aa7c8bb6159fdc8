import { defineConfig, integer, listOf, setting, text } from '../config';

const ORIGIN = /^(\*|https?:\/\/[a-z0-9.-]+(:\d{1,5})?|https?:\/\/\[[0-9a-f:]+\](:\d{1,5})?)$/;

function parseOrigins(value: string): string {
  if (listOf(value).every((origin) => ORIGIN.test(origin))) return value;
  throw new TypeError('must be origins like https://console.example.com, separated by commas, or *');
}

function parsePublicUrl(value: string): string {
  if (value === '' || /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*[^\s?#/])?$/.test(value)) return value;
  throw new TypeError('must look like https://compute.example.com, without a slash at the end');
}

export class HttpConfig extends defineConfig({
  title: 'HTTP',
  variables: {
    PORT: integer(0, 65_535, { default: 8081, desc: 'TCP port of the HTTP API; 0 means any free port' }),
    HOST: text({ default: '0.0.0.0', desc: 'Address to listen on' }),
    CORS_ORIGINS: setting(parseOrigins, {
      default: '',
      desc: 'Origins of browser pages that may call the API and connect to sessions, separated by commas; * means all, empty means none',
    }),
    PUBLIC_URL: setting(parsePublicUrl, {
      default: '',
      desc: 'URL of the service as clients see it, e.g. https://compute.example.com, for the URLs of sessions; empty uses the Host and X-Forwarded-Proto headers',
    }),
    BODY_LIMIT_BYTES: integer(1024, 67_108_864, {
      default: 2_097_152,
      desc: 'Maximum size of a request body',
    }),
    REQUEST_TIMEOUT_SECONDS: integer(1, 600, { default: 30, desc: 'Time limit for receiving a request' }),
    BODY_TIMEOUT_SECONDS: integer(1, 600, {
      default: 5,
      desc: 'Time limit without data while a client sends a body',
    }),
    KEEP_ALIVE_SECONDS: integer(1, 3600, {
      default: 75,
      desc: "Idle time of a kept-alive connection; longer than the gateway's",
    }),
  },
  config: (env) => ({
    host: env.HOST,
    port: env.PORT,
    /** Origins whose browser pages may call the API; `*` means all. */
    corsOrigins: listOf(env.CORS_ORIGINS),
    /** Base URL of the service for clients, without a trailing slash; empty if it is the host of the request. */
    publicUrl: env.PUBLIC_URL,
    bodyLimitBytes: env.BODY_LIMIT_BYTES,
    /** Time limit for receiving a request, headers and body. */
    requestTimeoutMs: env.REQUEST_TIMEOUT_SECONDS * 1000,
    /** Longest pause while receiving a body. */
    bodyTimeoutMs: env.BODY_TIMEOUT_SECONDS * 1000,
    /** Idle time before a keep-alive connection is closed; longer than the gateway's. */
    keepAliveMs: env.KEEP_ALIVE_SECONDS * 1000,
  }),
}) {}
