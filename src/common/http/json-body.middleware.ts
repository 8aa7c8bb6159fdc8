import { isUtf8 } from 'node:buffer';
import { json, type Request, type RequestHandler } from 'express';
import {
  MalformedEncodingError,
  MalformedJsonError,
  NotUtf8Error,
  UnsupportedMediaTypeError,
} from './http.errors';

const JSON_TYPES = ['application/json', 'application/*+json'];

/**
 * Parses JSON bodies of up to `limitBytes` and refuses bodies of any other type.
 * Requests without a body, which are most of them, skip all of it.
 */
export function jsonBody(limitBytes: number): RequestHandler {
  const parser = json({ limit: limitBytes, strict: false, type: JSON_TYPES, verify: assertUtf8 });
  return (request, response, next) => {
    const parse = (): void => {
      if (request.is(JSON_TYPES) === false) next(new UnsupportedMediaTypeError());
      else parser(request, response, (error?: unknown) => next(inOurWords(error)));
    };
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (encoding !== undefined) whenBodyStarts(request, { onBody: parse, onEmpty: next, onError: next });
    else if (length === undefined || Number(length) === 0) next();
    else parse();
  };
}

interface BodyStart {
  readonly onBody: () => void;
  readonly onEmpty: () => void;
  readonly onError: (error: Error) => void;
}

/** Finds out whether a chunked body has any bytes: HTTP/2 proxies send an empty one for "no body". */
function whenBodyStarts(request: Request, { onBody, onEmpty, onError }: BodyStart): void {
  const onReadable = (): void => {
    request.off('error', onAbort);
    if (request.readableLength === 0) onEmpty();
    // The stream switches back to flowing mode in the tick after its listener is gone.
    else process.nextTick(onBody);
  };
  const onAbort = (error: Error): void => onError(Object.assign(error, { type: 'request.aborted' }));
  request.once('readable', onReadable);
  request.once('error', onAbort);
}

/** The parser would replace other bytes by U+FFFD. It turns what is thrown here into a refusal, by `type`. */
function assertUtf8(_request: unknown, _response: unknown, body: Buffer, charset: string): void {
  if (charset !== 'utf-8') throw Object.assign(new Error(charset), { type: 'charset.unsupported' });
  if (!isUtf8(body)) throw new NotUtf8Error();
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
