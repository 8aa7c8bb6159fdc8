import { IDEMPOTENCY_ERRORS } from '../access/idempotency';
import { RATE_LIMIT_ERRORS } from '../access/rate-limits';
import { TENANCY_ERRORS } from '../access/tenancy';
import { EVENT_ERRORS } from '../compute/events';
import { FLAVOR_ERRORS } from '../compute/flavors';
import { IMAGE_ERRORS } from '../compute/images';
import {
  ATTACHMENT_ERRORS,
  ENGINE_ERRORS,
  HOST_PORT_ERRORS,
  INSTANCE_ERRORS,
  REBUILD_ERRORS,
  RESIZE_ERRORS,
  SCHEDULE_ERRORS,
  SESSION_ERRORS,
  SNAPSHOT_ERRORS,
  STREAM_ERRORS,
  WARM_POOL_ERRORS,
} from '../compute/instances';
import { OPERATION_ERRORS } from '../compute/operations';
import { QUOTA_ERRORS } from '../compute/quotas';
import { WEBHOOK_ERRORS } from '../compute/webhooks';
import { HEALTH_ERRORS } from '../health';
import { INTEGRATION_ERRORS } from '../integrations';
import { DATABASE_ERRORS } from '../platform/database';
import type { ErrorDefinition } from '../platform/errors/define-errors';
import { SERVICE_ERRORS } from '../platform/errors/service.errors';
import { HTTP_ERRORS } from '../platform/http/http.errors';
import { WEB_ERRORS } from '../web';

export interface ErrorSection {
  readonly title: string;
  readonly errors: readonly ErrorDefinition[];
}

const LOG_ONLY: readonly ErrorDefinition[] = [
  OPERATION_ERRORS.operation_interrupted,
  OPERATION_ERRORS.operation_lost,
  INTEGRATION_ERRORS.metric_refused,
  INTEGRATION_ERRORS.monitoring_unavailable,
];

const ABOUT_REQUESTS = all(
  HTTP_ERRORS,
  SERVICE_ERRORS,
  TENANCY_ERRORS,
  IDEMPOTENCY_ERRORS,
  RATE_LIMIT_ERRORS,
  EVENT_ERRORS,
  STREAM_ERRORS,
);
const ABOUT_INSTANCES = all(
  INSTANCE_ERRORS,
  ENGINE_ERRORS,
  SESSION_ERRORS,
  ATTACHMENT_ERRORS,
  RESIZE_ERRORS,
  REBUILD_ERRORS,
  SNAPSHOT_ERRORS,
  SCHEDULE_ERRORS,
  HOST_PORT_ERRORS,
  FLAVOR_ERRORS,
  IMAGE_ERRORS,
  QUOTA_ERRORS,
  OPERATION_ERRORS,
);
const ABOUT_THE_SERVICE = all(DATABASE_ERRORS, HEALTH_ERRORS);

/** The errors page. A test fails if a feature with declared codes is missing. */
export const ERROR_SECTIONS: readonly ErrorSection[] = [
  { title: 'The request', errors: ABOUT_REQUESTS.filter((error) => !isOurs(error)) },
  {
    title: 'Instances, flavors and operations',
    errors: ABOUT_INSTANCES.filter((error) => !isOurs(error)),
  },
  { title: 'Webhooks', errors: all(WEBHOOK_ERRORS) },
  { title: 'Warm pools', errors: all(WARM_POOL_ERRORS) },
  { title: 'Web console', errors: all(WEB_ERRORS) },
  { title: 'Networks and volumes', errors: all(INTEGRATION_ERRORS) },
  {
    title: 'The service',
    errors: [...[...ABOUT_REQUESTS, ...ABOUT_INSTANCES].filter(isOurs), ...ABOUT_THE_SERVICE],
  },
  { title: 'In the log only', errors: LOG_ONLY },
];

function all(...features: readonly Readonly<Record<string, ErrorDefinition>>[]): readonly ErrorDefinition[] {
  return features.flatMap((errors) => Object.values(errors)).filter((error) => !LOG_ONLY.includes(error));
}

/** Whether the service failed, or is unavailable at the moment. */
function isOurs({ status }: ErrorDefinition): boolean {
  return status >= 500;
}
