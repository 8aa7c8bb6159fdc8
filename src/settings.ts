import { IdempotencyConfig } from './access/idempotency/idempotency.config';
import { RateLimitsConfig } from './access/rate-limits/rate-limits.config';
import { TenancyConfig } from './access/tenancy/tenancy.config';
import { EventsConfig } from './compute/events/events.config';
import { HostsConfig } from './compute/hosts/hosts.config';
import { ImagesConfig } from './compute/images/images.config';
import { SessionsConfig } from './compute/instances/sessions/sessions.config';
import { WarmPoolsConfig } from './compute/instances/warm-pools/warm-pools.config';
import { OperationsConfig } from './compute/operations/operations.config';
import { QuotasConfig } from './compute/quotas/quotas.config';
import { ReconcilerConfig } from './compute/reconciler/reconciler.config';
import { WebhooksConfig } from './compute/webhooks/webhooks.config';
import { DRIVER_PLUGINS } from './drivers';
import { DriversConfig } from './drivers/drivers.config';
import { HostPortsConfig } from './drivers/host-ports.config';
import { HealthConfig } from './health/health.config';
import { OutboxConfig } from './integrations/outbox/outbox.config';
import { PlatformServicesConfig } from './integrations/platform-services.config';
import { Settings } from './platform/config';
import { DatabaseConfig } from './platform/database/database.config';
import { DeploymentConfig } from './platform/deployment/deployment.config';
import { HttpConfig } from './platform/http/http.config';
import { ServiceConfig } from './platform/service.config';
import { WebConfig } from './web/web.config';

/** First words of settings that variables of other programs also start with. */
const SHARED_WORDS = [
  'DATA',
  'DOCKER',
  'EVENT',
  'GATEWAY',
  'HEALTH',
  'HOST',
  'IMAGES',
  'LOG',
  'MONITORING',
  'NETWORK',
  'PORT',
  'PUBLIC',
  'REQUEST',
  'SERVICE',
  'SESSION',
  'STORAGE',
];

/** Every environment variable of the service, in the order of the reference. */
export const settings = new Settings(
  [
    HttpConfig,
    ServiceConfig,
    DatabaseConfig,
    TenancyConfig,
    WebConfig,
    RateLimitsConfig,
    QuotasConfig,
    WarmPoolsConfig,
    DriversConfig,
    HostsConfig,
    HostPortsConfig,
    ImagesConfig,
    DeploymentConfig,
    ...DRIVER_PLUGINS.map(({ config }) => config),
    OperationsConfig,
    EventsConfig,
    SessionsConfig,
    WebhooksConfig,
    IdempotencyConfig,
    PlatformServicesConfig,
    OutboxConfig,
    HealthConfig,
    ReconcilerConfig,
  ],
  SHARED_WORDS,
);
