import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import { ApiProblems } from '../common/http/api-problems.decorator';
import { ConsoleDto, StatsDto } from './dto/machine.dto';
import { ACCESS, ApiInstanceId } from './instances.openapi';

const STREAM = `retry: 1000

event: line
data: Linux version 6.1.0

event: line
data: Welcome

event: end
data: the guest has ended

`;

const ENGINE = ['engine_unavailable', 'engine_refused', 'too_many_waits', 'too_many_unread_answers'] as const;

export const ApiConsole = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'readConsole',
      summary: 'What an instance prints: its log, or its serial console',
      description:
        'The last lines, or with `follow=true` these and what comes, as Server-Sent Events: `line` for each, ' +
        '`end` when the guest has ended or the instance was stopped or deleted, `failed` with the reason if the ' +
        'engine failed, `reconnect` when `EVENT_STREAM_MAX_SECONDS` or `EVENT_STREAM_IDLE_SECONDS` are over. A stream ' +
        'that ends with none of them was cut: the replica shut down, or the client did not read. To resume, read the ' +
        'last 1000 lines without `follow`: those behind the last line that was received are new. Then follow again ' +
        'with as many `lines`, and drop those that overlap.',
    }),
    ApiInstanceId(),
    ApiExtraModels(ConsoleDto),
    ApiOkResponse({
      description: 'The lines, or the stream of them',
      content: {
        'application/json': { schema: { $ref: getSchemaPath(ConsoleDto) } },
        'text/event-stream': { schema: { type: 'string' }, example: STREAM },
      },
    }),
    ApiProblems(
      'validation_failed',
      'console_unsupported',
      ...ACCESS,
      ...ENGINE,
      'event_streams_disabled',
      'too_many_streams',
      'shutting_down',
    ),
  );

export const ApiStats = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'readStats',
      summary: 'What a running instance uses now',
      description: 'As the engine measures it. Whoever asks at the same time gets the same measurement.',
    }),
    ApiInstanceId(),
    ApiOkResponse({ type: StatsDto }),
    ApiProblems('instance_not_running', 'stats_unsupported', ...ACCESS, ...ENGINE),
  );
