import { str } from 'envalid';
import { defineConfig, integer } from '../../platform/config';

const DAY_MS = 86_400_000;

/** Waits, event streams and stored events. */
export class EventsConfig extends defineConfig({
  title: 'Events and streams',
  variables: {
    EVENT_RETENTION_DAYS: integer(1, 3650, { default: 90, desc: 'Days that events of instances are kept' }),
    EVENT_HEARTBEAT_SECONDS: integer(1, 3600, {
      default: 15,
      desc: 'Interval of the heartbeats in event streams',
    }),
    EVENT_STREAMS: str<'on' | 'off'>({
      choices: ['on', 'off'],
      default: 'on',
      desc: 'Whether event streams are available, on or off; use off behind a gateway that cannot forward streams',
    }),
    EVENT_STREAM_MAX_SECONDS: integer(1, 604_800, {
      default: 3600,
      desc: 'Maximum duration of an event or console stream; clients reconnect',
    }),
    EVENT_STREAM_IDLE_SECONDS: integer(1, 604_800, {
      default: 900,
      desc: 'Maximum time without an event or a line in a stream; clients reconnect',
    }),
    FOLLOW_POLL_SECONDS: integer(1, 3600, {
      default: 5,
      desc: 'Interval at which waits and event streams poll the database, in case a notification is lost',
    }),
  },
  config: (env) => ({
    /** Poll interval of waits and streams, a safety net for lost notifications. */
    pollMs: env.FOLLOW_POLL_SECONDS * 1000,
    /** Heartbeat interval of event streams. */
    heartbeatMs: env.EVENT_HEARTBEAT_SECONDS * 1000,
    /** Events older than this are deleted. */
    retentionMs: env.EVENT_RETENTION_DAYS * DAY_MS,
    /** Event and console streams. */
    streams: {
      isEnabled: env.EVENT_STREAMS === 'on',
      /** Maximum duration of a stream. */
      maxMs: env.EVENT_STREAM_MAX_SECONDS * 1000,
      /** Time without an event or a line after which a stream is ended. */
      idleMs: env.EVENT_STREAM_IDLE_SECONDS * 1000,
    },
  }),
}) {}
