import { applyDecorators } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation } from '@nestjs/swagger';
import { SERVICE_ERRORS } from '../../../../platform/errors/service.errors';
import { HTTP_ERRORS } from '../../../../platform/http/http.errors';
import { ApiProblems, BODY } from '../../../../platform/http/requests/api-problems.decorator';
import { IDEMPOTENCY_ERRORS } from '../../../../access/idempotency';
import { ACCESS, ApiInstanceId } from '../../api/shared.openapi';
import { ENGINE_ERRORS } from '../../engine/engine.errors';
import { INSTANCE_ERRORS } from '../../instance.errors';
import { SESSION_ERRORS } from '../session.errors';
import { SessionDto } from './session.dto';

export const ApiCreateSession = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'createConsoleSession',
      summary: 'Open a console, a screen or a command in a running instance',
      description:
        'Returns the URL of a WebSocket, whose ticket is valid for 30 seconds and one connection; connecting needs no ' +
        'other credentials. Consoles and screens are plain binary messages, as xterm.js and noVNC use them. Commands use ' +
        'the subprotocol `v1.exec.uim-compute`: the first byte of each message is its channel. A connection is refused ' +
        `with a problem document: ${Object.keys(SESSION_ERRORS)
          .map((code) => `\`${code}\``)
          .join(', ')}. ` +
        'The protocol, the close codes and the limits are in docs/sessions.md. Opening and closing are events of the instance.',
    }),
    ApiInstanceId(),
    ApiCreatedResponse({ type: SessionDto }),
    ApiProblems(
      ...BODY,
      SERVICE_ERRORS.validation_failed,
      HTTP_ERRORS.dry_run_unsupported,
      IDEMPOTENCY_ERRORS.idempotency_key_unsupported,
      INSTANCE_ERRORS.instance_not_running,
      ENGINE_ERRORS.not_supported_by_engine,
      ENGINE_ERRORS.engine_unavailable,
      ENGINE_ERRORS.wrong_replica,
      SESSION_ERRORS.too_many_sessions,
      ...ACCESS,
    ),
  );
