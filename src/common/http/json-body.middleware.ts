import { json, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { MalformedEncodingError, MalformedJsonError, UnsupportedMediaTypeError } from './http.errors';

const JSON_TYPES = ['application/json', 'application/*+json'];

/** Parses JSON bodies up to `limitBytes`; a body of any other type is refused instead of ignored. */
export function jsonBody(limitBytes: number): RequestHandler[] {
  const parse = json({ limit: limitBytes, strict: false, type: JSON_TYPES });
  return [
    refuseOtherTypes,
    (request, response, next) => parse(request, response, (error?: unknown) => next(inOurWords(error))),
  ];
}

function refuseOtherTypes(request: Request, _response: Response, next: NextFunction): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || (request.headers['content-length'] ?? '0') !== '0';
  if (hasBody && request.is(JSON_TYPES) === false) next(new UnsupportedMediaTypeError());
  else next();
}

/** Nest would answer a SyntaxError with the parser's text, which quotes the body; zlib's errors say nothing of HTTP. */
function inOurWords(error: unknown): unknown {
  if (error instanceof SyntaxError) return new MalformedJsonError(error);
  return isOfZlib(error) ? new MalformedEncodingError(error) : error;
}

function isOfZlib(error: unknown): boolean {
  return (
    error instanceof Error && 'errno' in error && 'code' in error && /^(Z|ERR)_/.test(String(error.code))
  );
}
