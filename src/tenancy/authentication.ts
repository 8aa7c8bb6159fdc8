import type { Request } from 'express';

/** Who calls. */
export interface Identity {
  /** For the records: `tenant:<id>`, `operator`, or the subject of a token. */
  readonly actor: string;
  readonly isOperator: boolean;
}

export interface TenantIdentity extends Identity {
  readonly tenantId: string;
}

/**
 * Finds out who calls, from the headers alone; one way a deployment. What is known at once is returned
 * at once: a promise would cost every request.
 */
export abstract class Authentication {
  /** @throws {AppError} for whoever may not act for a tenant. */
  abstract tenant(request: Request): TenantIdentity | Promise<TenantIdentity>;
  /** @throws {AppError} for whoever is no operator. */
  abstract operator(request: Request): Identity | Promise<Identity>;
  /**
   * Whose turn the request takes: that of a tenant, as far as nobody can forge it without a check, or else of its
   * address. The request is not authenticated yet, so nothing but the order of requests may depend on this.
   */
  abstract groupOf(request: Request): string;
}

/** The group of a request whose tenant is not known. No tenant has such a name. */
export function addressGroupOf({ socket }: Request): string {
  return `@${socket.remoteAddress ?? ''}`;
}

const TENANT = /^[A-Za-z0-9._:-]{1,128}$/;

export function isTenant(value: unknown): value is string {
  return typeof value === 'string' && TENANT.test(value);
}

/** The bearer token of a request; undefined where it has none. */
export function bearerOf({ headers: { authorization } }: Request): string | undefined {
  return authorization === undefined ? undefined : /^bearer +(\S+) *$/i.exec(authorization)?.[1];
}
