import { json, type RequestHandler } from 'express';
import { MalformedEncodingError, MalformedJsonError, UnsupportedMediaTypeError } from './http.errors';

const JSON_TYPES = ['application/json', 'application/*+json'];

/**
 * Parses JSON bodies up to `limitBytes`; a body of any other type is refused instead of ignored.
 * Requests without a body, most of them, pass without any of it.
 */
export function jsonBody(limitBytes: number): RequestHandler {
  const parse = json({ limit: limitBytes, strict: false, type: JSON_TYPES });
  return (request, response, next) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (encoding === undefined && (length === undefined || length === '0')) next();
    else if (request.is(JSON_TYPES) === false) next(new UnsupportedMediaTypeError());
    else parse(request, response, (error?: unknown) => next(inOurWords(error)));
  };
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
