import type { InstanceType } from '../drivers/port/instance-type';
import type { Amounts, Resources } from '../drivers/port/resources';
import type { ReadableSecret, Secret } from '../platform/values/secret';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export type LogFormat = 'auto' | 'json' | 'pretty';

/**
 * The configuration of the service, parsed once at start and frozen.
 *
 * Durations are in milliseconds and sizes in bytes, regardless of the unit of the environment variable.
 * Inject this class; only `environment.ts` reads `process.env`.
 */
export abstract class AppConfig {
  abstract readonly serviceName: string;
  abstract readonly logLevel: LogLevel;
  abstract readonly logFormat: LogFormat;
  abstract readonly http: HttpConfig;
  abstract readonly database: DatabaseConfig;
  abstract readonly tenancy: TenancyConfig;
  abstract readonly auth: AuthConfig;
  abstract readonly rateLimit: RateLimitConfig;
  abstract readonly quotas: QuotasConfig;
  abstract readonly drivers: Readonly<Record<InstanceType, string>>;
  abstract readonly images: ImagesConfig;
  abstract readonly simulated: SimulatedConfig;
  /** Distinguishes resources of this service if several services share an engine. */
  abstract readonly deployment: string;
  abstract readonly docker: DockerConfig;
  abstract readonly qemu: QemuConfig;
  abstract readonly operations: OperationsConfig;
  abstract readonly idempotency: IdempotencyConfig;
  abstract readonly events: EventsConfig;
  abstract readonly platformServices: PlatformServicesConfig;
  abstract readonly outbox: OutboxConfig;
  abstract readonly reconciler: ReconcilerConfig;
  abstract readonly shutdownGraceMs: number;
}

export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  /** Origins whose browser pages may call the API; `*` means all. */
  readonly corsOrigins: readonly string[];
  readonly bodyLimitBytes: number;
  /** Time limit for receiving a request, headers and body. */
  readonly requestTimeoutMs: number;
  /** Longest pause while receiving a body. */
  readonly bodyTimeoutMs: number;
  /** Idle time before a keep-alive connection is closed; longer than the gateway's. */
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
  /** Rejects requests without a tenant instead of using the default tenant. */
  readonly isRequired: boolean;
}

/** How callers and their tenants are authenticated. */
export type AuthConfig = GatewayAuthConfig | JwtAuthConfig;

export interface GatewayAuthConfig {
  readonly mode: 'gateway';
  /** Authenticates the gateway; if undefined, every caller that reaches the port is trusted like the gateway. */
  readonly gatewayToken: Secret | undefined;
  /** Authenticates operators; if undefined, operator calls are rejected. */
  readonly operatorToken: Secret | undefined;
}

export interface JwtAuthConfig {
  readonly mode: 'jwt';
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** Claim names, or dotted paths of names. */
  readonly tenantClaim: string;
  readonly rolesClaim: string;
  /** How long keys are used before they are fetched again. */
  readonly jwksCacheMs: number;
  readonly jwksTimeoutMs: number;
}

export interface RateLimitConfig {
  /** Requests per tenant and minute; 0 means unlimited. */
  readonly perMinute: number;
}

export interface QuotasConfig {
  /** Limits of tenants without limits set by an operator; -1 means unlimited. */
  readonly limits: Amounts;
}

export interface ImagesConfig {
  /** Absolute path of the catalog; undefined without one. */
  readonly file: string | undefined;
  /** Registries that tenants may use images from, as `host` or `host:port`; `*` means any. */
  readonly registries: readonly string[];
}

export interface SimulatedConfig {
  readonly provisionDelayMs: number;
  readonly restartDelayMs: number;
  /** Capacity of the engine; -1 means unknown. */
  readonly capacity: Resources;
}

export interface DockerConfig {
  /** `unix:///path` or `tcp://host:port`. */
  readonly host: string;
  /** Timeout of one engine call; image pulls only have the timeout of their operation. */
  readonly timeoutMs: number;
  readonly pull: 'always' | 'missing' | 'never';
  /** The registry with credentials, if configured. */
  readonly registry: DockerRegistryConfig | undefined;
  /** Time a container has to stop before it is killed. */
  readonly stopMs: number;
  readonly pidsLimit: number;
  /** `tenant`, `none`, or the name of a network of the engine. */
  readonly network: string;
  /** Templates with `{id}` for names at the engine; if empty, ids are not mapped. */
  readonly networkName: string;
  readonly volumeName: string;
  readonly publishAddress: string;
  readonly allocationRatios: AllocationRatios;
}

interface DockerRegistryConfig {
  /** As in image names: `host`, `host:port`, or `docker.io`. */
  readonly name: string;
  readonly user: string;
  readonly password: ReadableSecret;
}

/** Allocation ratios, above 0. */
export interface AllocationRatios {
  readonly cpu: number;
  readonly ram: number;
  readonly disk: number;
}

export interface QemuConfig {
  /** Absolute path. */
  readonly dir: string;
  readonly binary: string;
  readonly imgBinary: string;
  /** Directories, separated by `:`, to search for programs without a path: the service's own PATH. */
  readonly searchPath: string;
  readonly accelerator: 'auto' | 'kvm' | 'tcg';
  /** Time between pressing the power button and killing a guest that ignores it. */
  readonly stopGraceMs: number;
  readonly network: QemuNetwork;
  readonly publishAddress: string;
  /** If undefined, the machines run as the user of the service. */
  readonly user: string | undefined;
  readonly consoleBytes: number;
  readonly allocationRatios: AllocationRatios;
}

export type QemuNetwork =
  { readonly kind: 'isolated' | 'user' } | { readonly kind: 'bridge'; readonly bridge: string };

export interface OperationsConfig {
  /** Operations of one driver that a replica holds at once: a limit on memory. */
  readonly concurrency: number;
  /** Operations of one real engine that a replica runs at once. */
  readonly engineConcurrency: number;
  /** How long a worker keeps a claimed operation without renewing its lease. */
  readonly leaseMs: number;
  /** Poll interval of the queue, a safety net for lost notifications. */
  readonly pollMs: number;
  /** Time from the first attempt, retries included, until an operation fails and its instance goes to `error`. */
  readonly timeoutMs: number;
  /** Claims after which an unfinished operation fails. */
  readonly maxAttempts: number;
  /** Unfinished operations at which a tenant cannot create more instances; -1 means unlimited. */
  readonly maxPending: number;
  /** How long a power request waits for its operation before returning 202. */
  readonly powerWaitMs: number;
  /** Finished operations older than this are deleted. */
  readonly retentionMs: number;
}

/** Waits, event streams and stored events. */
export interface EventsConfig {
  /** Poll interval of waits and streams, a safety net for lost notifications. */
  readonly pollMs: number;
  /** Heartbeat interval of event streams. */
  readonly heartbeatMs: number;
  /** Events older than this are deleted. */
  readonly retentionMs: number;
  readonly streams: StreamsConfig;
}

/** Event and console streams. */
export interface StreamsConfig {
  readonly isEnabled: boolean;
  /** Maximum duration of a stream. */
  readonly maxMs: number;
  /** Time without an event or a line after which a stream is ended. */
  readonly idleMs: number;
}

export interface IdempotencyConfig {
  /** How long a request may be repeated with its key. */
  readonly retentionMs: number;
  /** Keys stored per tenant, one for each 8 KiB of a response; -1 means unlimited. */
  readonly maxKeys: number;
}

/** The platform services; undefined URLs disable them. */
export interface PlatformServicesConfig {
  readonly networkUrl: string | undefined;
  readonly storageUrl: string | undefined;
  readonly monitoringUrl: string | undefined;
  /** Timeout of one call, retries included. */
  readonly timeoutMs: number;
  /** Circuit breaker: consecutive failures that open it, and how long it stays open. */
  readonly circuit: { readonly failures: number; readonly openMs: number };
  readonly volumes: {
    /** How long one attempt waits for a volume that is being created. */
    readonly waitMs: number;
    /** Age at which a volume counts as created if its service does not report otherwise. */
    readonly settleMs: number;
  };
  readonly healthReportMs: number;
}

export interface ReconcilerConfig {
  /** Delay between reconciliation runs. */
  readonly intervalMs: number;
  /** How long orphans are kept; undefined means forever. */
  readonly orphanGraceMs: number | undefined;
}

/** Limits of the outbox for the Monitoring service. */
export interface OutboxConfig {
  readonly maxRows: number;
  readonly maxAgeMs: number;
}
