import { isUtf8 } from 'node:buffer';
import { json, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { findDuplicateMember, hasMoreValuesThan } from './json-text';
import {
  BodyTimeoutError,
  DuplicateMemberError,
  MalformedEncodingError,
  MalformedJsonError,
  NotUtf8Error,
  TooManyValuesError,
  UnsupportedMediaTypeError,
} from './http.errors';

/**
 * Most values of a body, far above what any request has. Validation takes time that grows with the square of the
 * members, and the event loop waits for it.
 */
const MAX_VALUES = 1000;

const JSON_TYPES = ['application/json', 'application/*+json'];

export interface BodyLimits {
  readonly bodyLimitBytes: number;
  /** Longest pause while a body arrives. */
  readonly bodyTimeoutMs: number;
}

/**
 * Parses JSON bodies up to a size and refuses bodies of any other type.
 * Requests without a body, which are most of them, skip all of it.
 */
export function jsonBody({ bodyLimitBytes, bodyTimeoutMs }: BodyLimits): RequestHandler {
  /** Bodies while they are parsed. */
  const texts = new WeakMap<object, Buffer>();
  const verify = (request: object, _response: unknown, body: Buffer, charset: string): void => {
    assertUtf8(body, charset);
    if (hasMoreValuesThan(MAX_VALUES, body))
      throw new TooManyValuesError('body', MAX_VALUES, 'members and items');
    texts.set(request, body);
  };
  const parser = json({ limit: bodyLimitBytes, strict: false, type: JSON_TYPES, verify });
  return (request, response, next) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (encoding === undefined && (length === undefined || Number(length) === 0)) {
      next();
      return;
    }
    const done = withBodyTimeout(request, response, { bodyTimeoutMs, next });
    const parse = (): void => {
      if (request.is(JSON_TYPES) === false) done(new UnsupportedMediaTypeError());
      else
        parser(request, response, (error?: unknown) => {
          done(inOurWords(error) ?? duplicateIn(texts.get(request), request.body));
          texts.delete(request);
        });
    };
    if (encoding === undefined) parse();
    else whenBodyStarts(request, { onBody: parse, onEmpty: done, onError: done });
  };
}

/** Refuses a request whose body pauses for too long. Returns what to call, once, when the body is read. */
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
    // The rest of the body may still come, and must not be read as the next request.
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
function assertUtf8(body: Buffer, charset: string): void {
  if (charset !== 'utf-8') throw Object.assign(new Error(charset), { type: 'charset.unsupported' });
  if (!isUtf8(body)) throw new NotUtf8Error();
}

function duplicateIn(text: Buffer | undefined, parsed: unknown): DuplicateMemberError | undefined {
  const path = text && findDuplicateMember(text, parsed);
  return path === undefined ? undefined : new DuplicateMemberError(path);
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
