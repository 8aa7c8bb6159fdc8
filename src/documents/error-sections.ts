import { IDEMPOTENCY_ERRORS } from '../access/idempotency';
import { RATE_LIMIT_ERRORS } from '../access/rate-limits';
import { TENANCY_ERRORS } from '../access/tenancy';
import { EVENT_ERRORS } from '../compute/events';
import { FLAVOR_ERRORS } from '../compute/flavors';
import { IMAGE_ERRORS } from '../compute/images';
import { ATTACHMENT_ERRORS, ENGINE_ERRORS, INSTANCE_ERRORS, STREAM_ERRORS } from '../compute/instances';
import { OPERATION_ERRORS } from '../compute/operations';
import { QUOTA_ERRORS } from '../compute/quotas';
import { HEALTH_ERRORS } from '../health';
import { INTEGRATION_ERRORS } from '../integrations';
import { DATABASE_ERRORS } from '../platform/database';
import type { ErrorDefinition } from '../platform/errors/define-errors';
import { SERVICE_ERRORS } from '../platform/errors/service.errors';
import { HTTP_ERRORS } from '../platform/http/http.errors';

export interface ErrorSection {
  readonly title: string;
  readonly errors: readonly ErrorDefinition[];
}

/** The order of the errors page. A test fails if a declared code is missing. */
export const ERROR_SECTIONS: readonly ErrorSection[] = [
  {
    title: 'The request',
    errors: [
      HTTP_ERRORS.malformed_request,
      HTTP_ERRORS.malformed_url,
      HTTP_ERRORS.invalid_header,
      HTTP_ERRORS.malformed_encoding,
      HTTP_ERRORS.malformed_json,
      HTTP_ERRORS.incomplete_body,
      SERVICE_ERRORS.validation_failed,
      SERVICE_ERRORS.invalid_page_token,
      HTTP_ERRORS.request_refused,
      HTTP_ERRORS.route_not_found,
      HTTP_ERRORS.method_not_allowed,
      HTTP_ERRORS.request_timeout,
      HTTP_ERRORS.body_too_large,
      HTTP_ERRORS.unsupported_media_type,
      HTTP_ERRORS.expectation_failed,
      HTTP_ERRORS.headers_too_large,
      TENANCY_ERRORS.invalid_tenant,
      SERVICE_ERRORS.access_denied,
      IDEMPOTENCY_ERRORS.idempotency_key_in_use,
      IDEMPOTENCY_ERRORS.idempotency_key_reused,
      TENANCY_ERRORS.gateway_token_required,
      TENANCY_ERRORS.tenant_required,
      TENANCY_ERRORS.token_required,
      TENANCY_ERRORS.token_invalid,
      TENANCY_ERRORS.tenant_claim_invalid,
      TENANCY_ERRORS.tenant_mismatch,
      TENANCY_ERRORS.operator_required,
      RATE_LIMIT_ERRORS.rate_limited,
      OPERATION_ERRORS.too_many_pending_operations,
      IDEMPOTENCY_ERRORS.too_many_idempotency_keys,
      EVENT_ERRORS.invalid_event_id,
      STREAM_ERRORS.event_streams_disabled,
      HTTP_ERRORS.dry_run_unsupported,
      IDEMPOTENCY_ERRORS.idempotency_key_unsupported,
      HTTP_ERRORS.precondition_unsupported,
    ],
  },
  {
    title: 'Instances, flavors and operations',
    errors: [
      FLAVOR_ERRORS.invalid_flavor,
      IMAGE_ERRORS.image_required,
      IMAGE_ERRORS.image_not_found,
      IMAGE_ERRORS.flavor_too_small,
      FLAVOR_ERRORS.flavor_not_found,
      INSTANCE_ERRORS.instance_not_found,
      OPERATION_ERRORS.operation_not_found,
      INSTANCE_ERRORS.instance_not_running,
      ENGINE_ERRORS.console_unsupported,
      ENGINE_ERRORS.stats_unsupported,
      INSTANCE_ERRORS.instance_not_stopped,
      INSTANCE_ERRORS.instance_not_settled,
      INSTANCE_ERRORS.instance_running,
      INSTANCE_ERRORS.instance_exists,
      ATTACHMENT_ERRORS.too_many_attachments,
      INSTANCE_ERRORS.instance_busy,
      INSTANCE_ERRORS.instance_contended,
      OPERATION_ERRORS.operation_superseded,
      INSTANCE_ERRORS.version_mismatch,
      INSTANCE_ERRORS.deletion_protected,
      OPERATION_ERRORS.wait_timeout,
      INSTANCE_ERRORS.instance_failed,
      INSTANCE_ERRORS.instance_deleted,
      QUOTA_ERRORS.quota_exceeded,
      QUOTA_ERRORS.insufficient_capacity,
      FLAVOR_ERRORS.flavor_exists,
      INSTANCE_ERRORS.creation_contended,
    ],
  },
  {
    title: 'Networks and volumes',
    errors: [
      INTEGRATION_ERRORS.integration_disabled,
      INTEGRATION_ERRORS.network_not_found,
      INTEGRATION_ERRORS.network_not_active,
      INTEGRATION_ERRORS.volume_not_found,
      INTEGRATION_ERRORS.volume_not_available,
      INTEGRATION_ERRORS.network_refused,
      INTEGRATION_ERRORS.storage_refused,
      INTEGRATION_ERRORS.network_unavailable,
      INTEGRATION_ERRORS.storage_unavailable,
    ],
  },
  {
    title: 'The service',
    errors: [
      SERVICE_ERRORS.internal_error,
      DATABASE_ERRORS.database_unavailable,
      HEALTH_ERRORS.not_ready,
      ENGINE_ERRORS.engine_unavailable,
      ENGINE_ERRORS.wrong_replica,
      OPERATION_ERRORS.engine_failed,
      ENGINE_ERRORS.engine_refused,
      OPERATION_ERRORS.operation_timeout,
      OPERATION_ERRORS.operation_given_up,
      OPERATION_ERRORS.operation_failed,
      SERVICE_ERRORS.too_many_waits,
      DATABASE_ERRORS.too_many_lists,
      HTTP_ERRORS.too_many_unread_answers,
      STREAM_ERRORS.too_many_streams,
      SERVICE_ERRORS.shutting_down,
      TENANCY_ERRORS.jwks_unavailable,
    ],
  },
  {
    title: 'In the log only',
    errors: [
      OPERATION_ERRORS.operation_interrupted,
      OPERATION_ERRORS.operation_lost,
      INTEGRATION_ERRORS.metric_refused,
      INTEGRATION_ERRORS.monitoring_unavailable,
    ],
  },
];
