import { isUuid } from '../../values/uuid';
import { InvalidPageTokenError } from '../http.errors';

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

/** The page token of a list ordered by name: the last name of the previous page, made opaque. */
export function toNameToken(lastName: string): string {
  return Buffer.from(lastName).toString('base64url');
}

/** @throws {InvalidPageTokenError} for a token that `toNameToken` did not create from a valid name. */
export function fromNameToken(token: string, isName: (value: string) => boolean): string {
  const name = Buffer.from(token, 'base64url').toString();
  if (!isName(name) || toNameToken(name) !== token) throw new InvalidPageTokenError();
  return name;
}
