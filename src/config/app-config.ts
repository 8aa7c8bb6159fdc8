import type { InstanceType } from '../common/instance-type';
import type { Amounts, Resources } from '../common/resources';
import type { ReadableSecret, Secret } from '../common/secret';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/**
 * Everything the service can be told from outside, parsed once at start and frozen.
 *
 * Durations are milliseconds and sizes are bytes, whatever the unit of the environment variable was.
 * Inject this class; nothing but `environment.ts` reads `process.env`.
 */
export abstract class AppConfig {
  abstract readonly serviceName: string;
  abstract readonly logLevel: LogLevel;
  abstract readonly http: HttpConfig;
  abstract readonly database: DatabaseConfig;
  abstract readonly tenancy: TenancyConfig;
  abstract readonly auth: AuthConfig;
  abstract readonly rateLimit: RateLimitConfig;
  abstract readonly quotas: QuotasConfig;
  abstract readonly drivers: Readonly<Record<InstanceType, string>>;
  abstract readonly images: ImagesConfig;
  abstract readonly simulated: SimulatedConfig;
  /** Marks what belongs to this service where several share an engine. */
  abstract readonly deployment: string;
  abstract readonly docker: DockerConfig;
  abstract readonly qemu: QemuConfig;
  abstract readonly operations: OperationsConfig;
  abstract readonly idempotency: IdempotencyConfig;
  abstract readonly events: EventsConfig;
  abstract readonly neighbours: NeighboursConfig;
  abstract readonly outbox: OutboxConfig;
  abstract readonly reconciler: ReconcilerConfig;
  abstract readonly shutdownGraceMs: number;
}

export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  /** Origins whose browser pages may call the API; `*` is all of them. */
  readonly corsOrigins: readonly string[];
  readonly bodyLimitBytes: number;
  /** Time a client has to send a whole request, headers and body. */
  readonly requestTimeoutMs: number;
  /** Longest pause while a body arrives. */
  readonly bodyTimeoutMs: number;
  /** Idle time before a kept-alive connection is closed; longer than the gateway's own. */
  readonly keepAliveMs: number;
}

export interface DatabaseConfig {
  /** PostgreSQL connection string; undefined means the embedded database in `dataDir`. */
  readonly url: string | undefined;
  readonly dataDir: string;
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  readonly queryTimeoutMs: number;
}

export interface TenancyConfig {
  /** Name of the header that carries the tenant. */
  readonly header: string;
  readonly defaultTenant: string;
  /** Refuses who names no tenant, instead of taking the default one. */
  readonly isRequired: boolean;
}

/** Who may call, and who says which tenant it is. */
export type AuthConfig = GatewayAuthConfig | JwtAuthConfig;

export interface GatewayAuthConfig {
  readonly mode: 'gateway';
  /** What the gateway proves itself with; undefined: whoever reaches the port is taken for it. */
  readonly gatewayToken: Secret | undefined;
  /** What an operator proves himself with; undefined: nobody is one. */
  readonly operatorToken: Secret | undefined;
}

export interface JwtAuthConfig {
  readonly mode: 'jwt';
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** Names of claims, or paths of names with dots between them. */
  readonly tenantClaim: string;
  readonly rolesClaim: string;
  /** How long keys are used without asking whether they still are keys. */
  readonly jwksCacheMs: number;
  readonly jwksTimeoutMs: number;
}

export interface RateLimitConfig {
  /** Requests of one tenant in a minute; 0 is no limit. */
  readonly perMinute: number;
}

export interface QuotasConfig {
  /** What a tenant may have whom no operator gave limits; -1 is no limit. */
  readonly limits: Amounts;
}

export interface ImagesConfig {
  /** Absolute path of the catalogue; undefined is none. */
  readonly file: string | undefined;
  /** Registries that tenants may name images of, as `host` or `host:port`; `*` is any. */
  readonly registries: readonly string[];
}

export interface SimulatedConfig {
  readonly provisionDelayMs: number;
  readonly restartDelayMs: number;
  /** What it has room for; -1 where that is not known. */
  readonly capacity: Resources;
}

export interface DockerConfig {
  /** `unix:///path` or `tcp://host:port`. */
  readonly host: string;
  /** Of one call of the engine; pulling an image has the time of its operation. */
  readonly timeoutMs: number;
  readonly pull: 'always' | 'missing' | 'never';
  /** Whom the credentials are for; undefined: there are none. */
  readonly registry: DockerRegistryConfig | undefined;
  /** Time a container has to end by itself. */
  readonly stopMs: number;
  readonly pidsLimit: number;
  /** `tenant`, `none`, or the name of a network of the engine. */
  readonly network: string;
  /** Names at the engine, with `{id}` in them; empty: ids are nothing to the engine. */
  readonly networkName: string;
  readonly volumeName: string;
  readonly publishAddress: string;
  readonly overcommit: Overcommit;
}

export interface DockerRegistryConfig {
  /** As image names begin with: `host`, `host:port`, or `docker.io`. */
  readonly name: string;
  readonly user: string;
  readonly password: ReadableSecret;
}

/** How much is given out for what is there: ratios above 0. */
export interface Overcommit {
  readonly cpu: number;
  readonly ram: number;
  readonly disk: number;
}

export interface QemuConfig {
  /** Absolute. */
  readonly dir: string;
  readonly binary: string;
  readonly imgBinary: string;
  /** Where programs that are named without a path are, directories with `:` between them: the service's own PATH. */
  readonly searchPath: string;
  readonly accelerator: 'auto' | 'kvm' | 'tcg';
  /** Time between the power button and the end of a guest that takes no notice of it. */
  readonly stopGraceMs: number;
  readonly network: QemuNetwork;
  readonly publishAddress: string;
  /** Undefined: the machines run as whom the service runs as. */
  readonly user: string | undefined;
  readonly consoleBytes: number;
  readonly overcommit: Overcommit;
}

export type QemuNetwork =
  { readonly kind: 'isolated' | 'user' } | { readonly kind: 'bridge'; readonly bridge: string };

export interface OperationsConfig {
  /** Operations of one driver that a replica holds at once: a limit on memory. */
  readonly concurrency: number;
  /** Operations of one real engine that a replica runs at once. */
  readonly engineConcurrency: number;
  /** How long a claimed operation belongs to its worker without a sign of life. */
  readonly leaseMs: number;
  /** Safety net for a lost notification: how often the queue is looked at anyway. */
  readonly pollMs: number;
  /** Time an operation has from its first attempt, retries included, before its instance goes to `error`. */
  readonly timeoutMs: number;
  /** Claims after which an operation that never ends is given up. */
  readonly maxAttempts: number;
  /** Operations of a tenant that may wait or run when it creates more instances; -1 is no limit. */
  readonly maxPending: number;
  /** How long a power call waits for its operation before it answers 202. */
  readonly powerWaitMs: number;
  /** Finished operations older than this are removed. */
  readonly retentionMs: number;
}

/** Waits and event streams, and what they are read from. */
export interface EventsConfig {
  /** Safety net for lost news: how often those who wait have the database looked at anyway. */
  readonly pollMs: number;
  /** How often a stream without events shows that it is alive. */
  readonly heartbeatMs: number;
  /** Events older than this are removed. */
  readonly retentionMs: number;
  readonly streams: StreamsConfig;
}

/** Event and console streams. */
export interface StreamsConfig {
  readonly isEnabled: boolean;
  /** Time after which a stream is ended. */
  readonly maxMs: number;
  /** Time without an event or a line after which a stream is ended. */
  readonly idleMs: number;
}

export interface IdempotencyConfig {
  /** How long a request may be repeated with its key. */
  readonly retentionMs: number;
  /** Keys of a tenant, one for each 8 KiB of an answer; -1 is no limit. */
  readonly maxKeys: number;
}

/** The services beside this one; undefined URLs switch them off. */
export interface NeighboursConfig {
  readonly networkUrl: string | undefined;
  readonly storageUrl: string | undefined;
  readonly monitoringUrl: string | undefined;
  /** Longest time of one call, its repetitions included. */
  readonly timeoutMs: number;
  /** Failures in a row after which a service is left alone, and for how long. */
  readonly circuit: { readonly failures: number; readonly openMs: number };
  readonly volumes: {
    /** How long a volume that is being made is waited for at once. */
    readonly waitMs: number;
    /** What is waited for a volume whose service does not tell its status. */
    readonly settleMs: number;
  };
  readonly healthReportMs: number;
}

export interface ReconcilerConfig {
  /** Between the end of a look at the engines and the next one. */
  readonly intervalMs: number;
  /** How long what an engine holds for no instance is left there; undefined: for ever. */
  readonly orphanGraceMs: number | undefined;
}

/** Bounds of what waits for the Monitoring service. */
export interface OutboxConfig {
  readonly maxRows: number;
  readonly maxAgeMs: number;
}
