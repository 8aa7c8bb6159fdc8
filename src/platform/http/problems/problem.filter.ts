import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { allowedMethods } from '../server/allowed-methods';
import { contextOf, type RequestContext } from '../server/request-context';
import { pathOf } from '../requests/path';
import { AppError, messageOf } from '../../errors/app.error';
import { SERVICE_ERRORS } from '../../errors/service.errors';
import { HTTP_ERRORS } from '../http.errors';
import { PROBLEM_CONTENT_TYPE, toProblem } from './problem';

/** Errors of express.raw() for bodies that it rejects, by their `type`. */
const BODY_ERRORS: Readonly<Record<string, () => AppError>> = {
  'entity.too.large': () => new AppError(HTTP_ERRORS.body_too_large),
  'encoding.unsupported': () =>
    new AppError(HTTP_ERRORS.unsupported_media_type, {
      message: 'The content encoding of the body is not supported; send it uncompressed',
    }),
  'request.aborted': () => new AppError(HTTP_ERRORS.incomplete_body),
  'request.size.invalid': () =>
    new AppError(HTTP_ERRORS.incomplete_body, {
      message: 'The length of the body differs from its Content-Length',
    }),
};

/** The only place where errors become HTTP: every refusal and failure is sent as a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const error = toAppError(exception, request);
    const context = contextOf(request);
    context.problem = error.code;
    this.log(exception, error, context);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { status, retryAfterSeconds } = error;
    const { challenge, allowedMethods: allowed } = error.details;
    if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
    if (challenge !== undefined) response.setHeader('WWW-Authenticate', challenge);
    if (allowed !== undefined) response.setHeader('Allow', allowed.join(', '));
    const problem = toProblem(error, {
      path: pathOf(request.originalUrl),
      requestId: context.requestId,
    });
    const body = Buffer.from(JSON.stringify(problem));
    response.writeHead(status, {
      'Content-Type': PROBLEM_CONTENT_TYPE,
      'Content-Length': body.length,
    });
    response.end(body);
  }

  /** Logs 5xx only: refusals are in the request log. Unexpected errors are logged with their stack. */
  private log(exception: unknown, { status, code, message }: AppError, context: RequestContext): void {
    if (status < 500) return;
    const { requestId, tenantId } = context;
    if (!(exception instanceof AppError))
      this.logger.error({ err: exception, code, requestId, tenantId }, message);
    else this.logger.warn({ code, requestId, tenantId, cause: messageOf(exception.cause) }, message);
  }
}

function toAppError(exception: unknown, request: Request): AppError {
  if (exception instanceof AppError) return exception;
  if (exception instanceof HttpException) return fromHttpException(exception, request);
  return fromExpress(exception) ?? new AppError(SERVICE_ERRORS.internal_error);
}

/** Converts the errors of Nest itself; this code base throws AppErrors instead. */
function fromHttpException(exception: HttpException, request: Request): AppError {
  const { message } = exception;
  const status = exception.getStatus();
  if (status === 404) return noSuchRoute(request);
  // A path that Express cannot decode.
  if (status === 400) return new AppError(HTTP_ERRORS.malformed_url);
  if (status < 500) return new AppError(HTTP_ERRORS.request_refused, { message });
  return new AppError(SERVICE_ERRORS.internal_error);
}

/** Nest reports 404 for a known path with another method, too. */
function noSuchRoute(request: Request): AppError {
  const path = pathOf(request.originalUrl).slice(0, 200);
  const allowed = allowedMethods(request);
  if (allowed.length === 0) {
    const message = `No such route: ${request.method} ${path}; see /api/docs`;
    return new AppError(HTTP_ERRORS.route_not_found, { message });
  }
  const message = `${request.method} is not allowed for ${path}; use ${allowed.join(', ')}`;
  return new AppError(HTTP_ERRORS.method_not_allowed, { message, allowedMethods: allowed });
}

function fromExpress(exception: unknown): AppError | undefined {
  if (!(exception instanceof Error) || !('type' in exception)) return undefined;
  return BODY_ERRORS[String(exception.type)]?.();
}
