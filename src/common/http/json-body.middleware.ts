import { json, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { UnsupportedMediaTypeError } from './http.errors';

const JSON_TYPES = ['application/json', 'application/*+json'];

/** Parses JSON bodies up to `limitBytes`; a body of any other type is refused instead of ignored. */
export function jsonBody(limitBytes: number): RequestHandler[] {
  return [refuseOtherTypes, json({ limit: limitBytes, strict: false, type: JSON_TYPES })];
}

function refuseOtherTypes(request: Request, _response: Response, next: NextFunction): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || (request.headers['content-length'] ?? '0') !== '0';
  if (hasBody && request.is(JSON_TYPES) === false) next(new UnsupportedMediaTypeError());
  else next();
}
