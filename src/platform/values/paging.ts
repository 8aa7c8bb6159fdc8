import { isUuid } from './uuid';
import { InvalidPageTokenError } from '../errors/service.errors';

/** Maximum number of rows of a page. */
export const MAX_PAGE = 1000;
/** Maximum size of a response: 1000 instances with full metadata would take 80 times as much. */
export const MAX_PAGE_BYTES = 1_048_576;

/** A page token is the id of the last row of the previous page, made opaque. */
export function toPageToken(lastId: string): string {
  return Buffer.from(lastId.replaceAll('-', ''), 'hex').toString('base64url');
}

/** @throws {InvalidPageTokenError} for a token that `toPageToken` did not create. */
export function fromPageToken(token: string): string {
  const hex = Buffer.from(token, 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!isUuid(id) || toPageToken(id) !== token) throw new InvalidPageTokenError();
  return id;
}

/** The page token of a list ordered by another key: the key of the last row of the previous page, made opaque. */
export function toKeyToken(lastKey: string): string {
  return Buffer.from(lastKey).toString('base64url');
}

/** @throws {InvalidPageTokenError} for a token that `toKeyToken` did not create from a valid key. */
export function fromKeyToken(token: string, isKey: (value: string) => boolean = () => true): string {
  const key = Buffer.from(token, 'base64url').toString();
  if (!isKey(key) || toKeyToken(key) !== token) throw new InvalidPageTokenError();
  return key;
}
