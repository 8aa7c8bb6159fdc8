import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { allowedMethods } from '../server/allowed-methods';
import { contextOf, type RequestContext } from '../server/request-context';
import { pathOf } from '../requests/path';
import { AppError, messageOf, type ErrorKind } from '../../errors/app.error';
import { PROBLEM_CONTENT_TYPE, retryAfterOf, toProblem, type ProblemSource } from './problem';

export const STATUS_OF: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  timeout: 408,
  conflict: 409,
  precondition: 412,
  unprocessable: 422,
  quota: 403,
  throttled: 429,
  unsupported: 400,
  unavailable: 503,
};

/** Errors of express.raw() for bodies that it rejects, by their `type`. */
const BODY_ERRORS: Readonly<Record<string, ProblemSource>> = {
  'entity.too.large': {
    status: 413,
    code: 'body_too_large',
    detail: 'The body is larger than this service accepts',
  },
  'encoding.unsupported': {
    status: 415,
    code: 'unsupported_media_type',
    detail: 'The content encoding of the body is not supported; send it uncompressed',
  },
  'request.aborted': {
    status: 400,
    code: 'incomplete_body',
    detail: 'The body ended before its Content-Length',
  },
  'request.size.invalid': {
    status: 400,
    code: 'incomplete_body',
    detail: 'The length of the body differs from its Content-Length',
  },
};

const INTERNAL: ProblemSource = {
  status: 500,
  code: 'internal_error',
  detail: 'Internal error; find it in the log by its request id',
};

/** The only place where errors become HTTP: every refusal and failure is sent as a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const source = toSource(exception, request);
    const context = contextOf(request);
    context.problem = source.code;
    this.log(exception, source, context);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const retryAfter = retryAfterOf(source);
    if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
    const challenge = source.details?.challenge;
    if (challenge !== undefined) response.setHeader('WWW-Authenticate', challenge);
    const allowed = source.details?.allowedMethods;
    if (allowed !== undefined) response.setHeader('Allow', allowed.join(', '));
    const problem = toProblem(source, {
      path: pathOf(request.originalUrl),
      requestId: context.requestId,
    });
    const body = Buffer.from(JSON.stringify(problem));
    response.writeHead(source.status, {
      'Content-Type': PROBLEM_CONTENT_TYPE,
      'Content-Length': body.length,
    });
    response.end(body);
  }

  /** Logs 5xx only: refusals are in the request log. Unexpected errors are logged with their stack. */
  private log(exception: unknown, { status, code, detail }: ProblemSource, context: RequestContext): void {
    if (status < 500) return;
    const { requestId, tenantId } = context;
    if (!(exception instanceof AppError))
      this.logger.error({ err: exception, code, requestId, tenantId }, detail);
    else this.logger.warn({ code, requestId, tenantId, cause: messageOf(exception.cause) }, detail);
  }
}

function toSource(exception: unknown, request: Request): ProblemSource {
  if (exception instanceof AppError) {
    const { code, message: detail, details } = exception;
    return { status: STATUS_OF[exception.kind], code, detail, details };
  }
  if (exception instanceof HttpException) return fromHttpException(exception, request);
  return fromExpress(exception) ?? INTERNAL;
}

function fromHttpException(exception: HttpException, request: Request): ProblemSource {
  const status = exception.getStatus();
  if (status === 404) return noSuchRoute(request);
  // Nest's own error for a path that Express cannot decode; this code base throws AppErrors instead.
  if (status === 400)
    return { status, code: 'malformed_url', detail: 'The path has an invalid percent-encoding' };
  if (status === 415) return { status, code: 'unsupported_media_type', detail: exception.message };
  return status < 500 ? { status: 400, code: 'request_refused', detail: exception.message } : INTERNAL;
}

/** Nest reports 404 for a known path with another method, too. */
function noSuchRoute(request: Request): ProblemSource {
  const path = pathOf(request.originalUrl).slice(0, 200);
  const allowed = allowedMethods(request);
  if (allowed.length === 0) {
    const detail = `No such route: ${request.method} ${path}; see /api/docs`;
    return { status: 404, code: 'route_not_found', detail };
  }
  const detail = `${request.method} is not allowed for ${path}; use ${allowed.join(', ')}`;
  return { status: 405, code: 'method_not_allowed', detail, details: { allowedMethods: allowed } };
}

function fromExpress(exception: unknown): ProblemSource | undefined {
  if (!(exception instanceof Error) || !('type' in exception)) return undefined;
  return BODY_ERRORS[String(exception.type)];
}
