import { applyDecorators, type Type } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { ApiProblems, BODY } from '../../../../platform/http/requests/api-problems.decorator';
import { HTTP_ERRORS } from '../../../../platform/http/http.errors';
import { INTEGRATION_ERRORS } from '../../../../integrations';
import { OPERATION_ERRORS } from '../../../operations';
import { InstanceDto } from '../../api/dto/instance.dto';
import {
  ACCESS,
  APPLIED,
  ApiIdempotencyKey,
  ApiInstanceId,
  ApiPreferWait,
  ETAG,
  KEYED,
  OPERATION,
  Conditional,
} from '../../api/shared.openapi';
import { INSTANCE_ERRORS } from '../../instance.errors';
import { ATTACHMENT_ERRORS } from '../attachment.errors';
import { SERVICE_ERRORS } from '../../../../platform/errors/service.errors';

const REFUSED = { network: INTEGRATION_ERRORS.network_refused, volume: INTEGRATION_ERRORS.storage_refused };
const UNAVAILABLE = {
  network: INTEGRATION_ERRORS.network_unavailable,
  volume: INTEGRATION_ERRORS.storage_unavailable,
};

const ApiOutcome = (): MethodDecorator =>
  applyDecorators(
    ApiInstanceId(),
    ApiIdempotencyKey(),
    Conditional(),
    ApiOkResponse({
      type: InstanceDto,
      description: 'The instance',
      headers: { ...ETAG, ...OPERATION, ...APPLIED },
    }),
    ApiAcceptedResponse({
      type: InstanceDto,
      description: 'The operation takes longer than POWER_WAIT_SECONDS; the current instance',
      headers: { ...ETAG, ...OPERATION, ...APPLIED },
    }),
  );

const COMMON = [
  INSTANCE_ERRORS.instance_not_settled,
  ...ACCESS,
  ...KEYED,
  HTTP_ERRORS.dry_run_unsupported,
  INSTANCE_ERRORS.instance_busy,
  OPERATION_ERRORS.operation_superseded,
];

const EXAMPLES = {
  network: {
    existing: { summary: 'An existing one', value: { networkId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' } },
    new: { summary: 'A new one', value: { name: 'web-network', cidr: '10.0.1.0/24' } },
  },
  volume: {
    existing: { summary: 'An existing one', value: { volumeId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' } },
    new: { summary: 'A new one', value: { name: 'web-disk', sizeGB: 50 } },
  },
};

export const ApiAttach = (kind: 'network' | 'volume', body: Type): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: kind === 'network' ? 'attachNetwork' : 'attachVolume',
      summary: `Attach an existing or new ${kind}`,
      description:
        'The instance must be running or stopped. Attaching an attached ${kind} again changes nothing.',
    }),
    ApiBody({ type: body, examples: EXAMPLES[kind] }),
    ApiPreferWait(),
    ApiOutcome(),
    ApiProblems(
      ...BODY,
      ...(kind === 'network'
        ? [INTEGRATION_ERRORS.network_not_found, INTEGRATION_ERRORS.network_not_active]
        : [INTEGRATION_ERRORS.volume_not_found, INTEGRATION_ERRORS.volume_not_available]),
      INTEGRATION_ERRORS.integration_disabled,
      ATTACHMENT_ERRORS.too_many_attachments,
      ...COMMON,
      REFUSED[kind],
      UNAVAILABLE[kind],
    ),
  );

export const ApiDetach = (kind: 'network' | 'volume'): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: kind === 'network' ? 'detachNetwork' : 'detachVolume',
      summary: `Detach a ${kind}`,
      description: `The ${kind} itself is not deleted. Detaching a ${kind} that is not attached changes nothing.`,
    }),
    ApiParam({
      name: `${kind}Id`,
      example: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      description: `Id of the ${kind}`,
    }),
    ApiPreferWait(),
    ApiOutcome(),
    ApiProblems(
      SERVICE_ERRORS.validation_failed,
      HTTP_ERRORS.unsupported_media_type,
      ...COMMON,
      REFUSED[kind],
      UNAVAILABLE[kind],
    ),
  );
