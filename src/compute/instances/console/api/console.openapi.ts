import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import { ApiProblems } from '../../../../platform/http/requests/api-problems.decorator';
import { SERVICE_ERRORS } from '../../../../platform/errors/service.errors';
import { ConsoleDto } from './console.dto';
import { ENGINE_ERRORS } from '../../engine/engine.errors';
import { ACCESS, ApiInstanceId, ENGINE_QUERY_ERRORS } from '../../api/shared.openapi';
import { STREAM_ERRORS } from '../stream.errors';

const STREAM = `retry: 1000

event: line
data: Linux version 6.1.0

event: line
data: Welcome

event: end
data: the guest has exited

`;

export const ApiConsole = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'readConsole',
      summary: 'Console output: the log of a container, or the serial console of a virtual machine',
      description:
        'The last lines; with `follow=true`, also new lines, as Server-Sent Events: `line` for each, ' +
        '`end` when the guest has exited or the instance was stopped or deleted, `failed` with the reason if the ' +
        'engine failed, `reconnect` when `EVENT_STREAM_MAX_SECONDS` or `EVENT_STREAM_IDLE_SECONDS` have passed. A stream ' +
        'that ends without these was interrupted: the replica shut down, or the client did not read. To resume, read the ' +
        'last 1000 lines without `follow`: those after the last received line are new. Then follow again ' +
        'with the same number of `lines`, and drop the overlap.',
    }),
    ApiInstanceId(),
    ApiExtraModels(ConsoleDto),
    ApiOkResponse({
      description: 'The lines, or a stream of them',
      content: {
        'application/json': { schema: { $ref: getSchemaPath(ConsoleDto) } },
        'text/event-stream': { schema: { type: 'string' }, example: STREAM },
      },
    }),
    ApiProblems(
      SERVICE_ERRORS.validation_failed,
      ENGINE_ERRORS.console_unsupported,
      ...ACCESS,
      ...ENGINE_QUERY_ERRORS,
      STREAM_ERRORS.event_streams_disabled,
      STREAM_ERRORS.too_many_streams,
      SERVICE_ERRORS.shutting_down,
    ),
  );
