import { defineConfig, integer } from '../../../platform/config';

const DAY_SECONDS = 86_400;

export class SessionsConfig extends defineConfig({
  title: 'Console and exec sessions',
  variables: {
    SESSIONS_PER_TENANT: integer(0, 100_000, {
      default: 32,
      desc: 'Maximum number of open console and exec sessions of a tenant, including unused tickets; 0 disables sessions',
    }),
    SESSIONS_PER_REPLICA: integer(1, 100_000, {
      default: 1000,
      desc: 'Maximum number of open console and exec sessions of a replica',
    }),
    SESSION_IDLE_SECONDS: integer(1, DAY_SECONDS, {
      default: 900,
      desc: 'Time without data in either direction after which a session is closed',
    }),
    SESSION_MAX_SECONDS: integer(1, 7 * DAY_SECONDS, {
      default: 14_400,
      desc: 'Maximum duration of a session',
    }),
    SESSION_FRAME_BYTES: integer(1024, 16_777_216, {
      default: 262_144,
      desc: 'Maximum size of a WebSocket message from a client',
    }),
    SESSION_MESSAGES_PER_SECOND: integer(1, 1_000_000, {
      default: 1000,
      desc: 'WebSocket messages per second that are read from a client; more of them wait',
    }),
    SESSION_UNREAD_SECONDS: integer(1, 3600, {
      default: 30,
      desc: 'Time after which a client that does not read is disconnected',
    }),
  },
  config: (env) => ({
    perTenant: env.SESSIONS_PER_TENANT,
    perReplica: env.SESSIONS_PER_REPLICA,
    frameBytes: env.SESSION_FRAME_BYTES,
    limits: {
      /** Time without data. */
      idleMs: env.SESSION_IDLE_SECONDS * 1000,
      /** Maximum duration. */
      maxMs: env.SESSION_MAX_SECONDS * 1000,
      messagesPerSecond: env.SESSION_MESSAGES_PER_SECOND,
      /** How long a client may stop reading. */
      unreadMs: env.SESSION_UNREAD_SECONDS * 1000,
    },
  }),
}) {}
