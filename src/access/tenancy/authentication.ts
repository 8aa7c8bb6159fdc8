import type { Request } from 'express';

/** The authenticated caller. */
export interface Identity {
  /** For audit records: `tenant:<id>`, `operator`, or `user:<subject>` of a token. */
  readonly actor: string;
  readonly isOperator: boolean;
}

export interface TenantIdentity extends Identity {
  readonly tenantId: string;
}

/**
 * Authenticates callers by the request headers; one implementation per deployment. Results available at once are
 * returned without a promise, which would cost every request.
 */
export abstract class Authentication {
  /** @throws {AppError} if the caller may not act for a tenant. */
  abstract tenant(request: Request): TenantIdentity | Promise<TenantIdentity>;
  /** @throws {AppError} if the caller is not an operator. */
  abstract operator(request: Request): Identity | Promise<Identity>;
  /**
   * Scheduling group of a request: its tenant if a cheap check establishes it, otherwise its client address. The
   * request is not authenticated yet, so only ordering may depend on it.
   */
  abstract groupOf(request: Request): string;
}

/** The group of a request whose tenant is unknown. It starts with `@`, which tenant names cannot contain. */
export function addressGroupOf({ socket }: Request): string {
  return `@${socket.remoteAddress ?? ''}`;
}

const TENANT = /^[A-Za-z0-9._:-]{1,128}$/;

export function isTenant(value: unknown): value is string {
  return typeof value === 'string' && TENANT.test(value);
}

/** The bearer token of a request; undefined if absent. */
export function bearerOf({ headers: { authorization } }: Request): string | undefined {
  return authorization === undefined ? undefined : /^bearer +(\S+) *$/i.exec(authorization)?.[1];
}
