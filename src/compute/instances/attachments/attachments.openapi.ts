import { applyDecorators, type Type } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { ApiProblems, BODY } from '../../../platform/http/requests/api-problems.decorator';
import { Conditional } from '../../../platform/http/requests/precondition.guard';
import { InstanceDto } from '../api/dto/instance.dto';
import {
  ACCESS,
  APPLIED,
  ApiIdempotencyKey,
  ApiInstanceId,
  ApiPreferWait,
  ETAG,
  KEYED,
  OPERATION,
} from '../api/shared.openapi';

const REFUSED = { network: 'network_refused', volume: 'storage_refused' } as const;
const UNAVAILABLE = { network: 'network_unavailable', volume: 'storage_unavailable' } as const;

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
  'instance_not_settled',
  ...ACCESS,
  ...KEYED,
  'dry_run_unsupported',
  'instance_busy',
  'operation_superseded',
] as const;

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
        ? (['network_not_found', 'network_not_active'] as const)
        : (['volume_not_found', 'volume_not_available'] as const)),
      'integration_disabled',
      'too_many_attachments',
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
    ApiProblems('validation_failed', 'unsupported_media_type', ...COMMON, REFUSED[kind], UNAVAILABLE[kind]),
  );
