import { isUtf8 } from 'node:buffer';
import { raw, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { countJson, findDuplicateMember } from '../responses/json-text';
import {
  BodyTimeoutError,
  DuplicateMemberError,
  MalformedEncodingError,
  MalformedJsonError,
  NotUtf8Error,
  TooManyValuesError,
  UnsupportedCharsetError,
  UnsupportedMediaTypeError,
} from '../http.errors';
import type { RequestTurns } from './request-turns';

/**
 * Maximum number of values in a body, far above what any request needs. Validation time grows with the square of the
 * number of members and blocks the event loop.
 */
const MAX_VALUES = 1000;

const JSON_TYPES = ['application/json', 'application/*+json'];
/** Removes a byte order mark (RFC 8259, section 8.1). */
const decoder = new TextDecoder();
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;

export interface BodyLimits {
  readonly bodyLimitBytes: number;
  /** Longest pause while receiving a body. */
  readonly bodyTimeoutMs: number;
}

/** Scheduling of requests. */
export interface Turns {
  readonly turns: RequestTurns;
  /** Scheduling group of a request. The request is not authenticated yet, so only ordering may depend on it. */
  readonly groupOf: (request: Request) => string;
}

/**
 * Reads JSON bodies up to a size limit, rejects other media types, and starts the request when its turn comes: after
 * the body has arrived, so that no turn is spent on a slow client, and before it is parsed.
 */
export function jsonBody(
  { bodyLimitBytes, bodyTimeoutMs }: BodyLimits,
  { turns, groupOf }: Turns,
): RequestHandler {
  const reader = raw({ limit: bodyLimitBytes, type: () => true });
  return (request, response, next) => {
    const begin = (then: () => void): void =>
      turns.take(groupOf(request), () => {
        // The client may have disconnected while its request waited.
        if (!response.closed) then();
      });
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (encoding === undefined && (length === undefined || Number(length) === 0)) {
      begin(next);
      return;
    }
    const done = withBodyTimeout(request, response, {
      bodyTimeoutMs,
      next: (error?: unknown) => begin(() => next(error ?? parse(request))),
    });
    const read = (): void => {
      if (request.is(JSON_TYPES) === false) done(new UnsupportedMediaTypeError());
      else reader(request, response, (error?: unknown) => done(inOurWords(error)));
    };
    if (encoding === undefined) read();
    else whenBodyStarts(request, { onBody: read, onEmpty: done, onError: done });
  };
}

/** Replaces the raw body with the parsed value. Returns the error if the body is invalid. */
function parse(request: Request): unknown {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body)) return undefined;
  try {
    assertUtf8(body, request.headers['content-type'] ?? '');
    const { values, members } = countJson(body, MAX_VALUES);
    if (values > MAX_VALUES) throw new TooManyValuesError('body', MAX_VALUES, 'members and items');
    const value: unknown = body.length === 0 ? {} : JSON.parse(decoder.decode(body));
    request.body = value;
    const duplicate = findDuplicateMember(body, value, members);
    return duplicate === undefined ? undefined : new DuplicateMemberError(duplicate);
  } catch (error) {
    return error instanceof SyntaxError ? new MalformedJsonError(error) : error;
  }
}

/** Rejects a request whose body pauses for too long. Returns a callback to call once the body has been read. */
function withBodyTimeout(
  { socket }: Request,
  response: Response,
  { bodyTimeoutMs, next }: { readonly bodyTimeoutMs: number; readonly next: NextFunction },
): (error?: unknown) => void {
  const usualTimeoutMs = socket.timeout ?? 0;
  let isDone = false;
  const done = (error?: unknown): void => {
    if (isDone) return;
    isDone = true;
    socket.setTimeout(usualTimeoutMs);
    response.off('timeout', onTimeout);
    next(error);
  };
  const onTimeout = (): void => {
    // The rest of the body may still arrive and must not be read as the next request.
    response.setHeader('Connection', 'close');
    done(new BodyTimeoutError());
  };
  response.on('timeout', onTimeout);
  socket.setTimeout(bodyTimeoutMs);
  return done;
}

interface BodyStart {
  readonly onBody: () => void;
  readonly onEmpty: () => void;
  readonly onError: (error: Error) => void;
}

/** Determines whether a chunked body has any bytes: HTTP/2 proxies send an empty one for "no body". */
function whenBodyStarts(request: Request, { onBody, onEmpty, onError }: BodyStart): void {
  const onReadable = (): void => {
    request.off('error', onAbort);
    if (request.readableLength === 0) onEmpty();
    // The stream switches back to flowing mode in the tick after its listener is removed.
    else process.nextTick(onBody);
  };
  const onAbort = (error: Error): void => onError(Object.assign(error, { type: 'request.aborted' }));
  request.once('readable', onReadable);
  request.once('error', onAbort);
}

/** Decoding would replace invalid bytes with U+FFFD. */
function assertUtf8(body: Buffer, contentType: string): void {
  const charset = CHARSET.exec(contentType)?.[1] ?? 'utf-8';
  if (charset.toLowerCase() !== 'utf-8') throw new UnsupportedCharsetError();
  if (!isUtf8(body)) throw new NotUtf8Error();
}

/** Converts errors of zlib, which carry no HTTP status. */
function inOurWords(error: unknown): unknown {
  return isOfZlib(error) ? new MalformedEncodingError(error) : error;
}

function isOfZlib(error: unknown): boolean {
  return (
    error instanceof Error && 'errno' in error && 'code' in error && /^(Z|ERR)_/.test(String(error.code))
  );
}
