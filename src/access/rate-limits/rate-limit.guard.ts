import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { contextOf } from '../../platform/http/server/request-context';
import { RateLimitsConfig } from './rate-limits.config';
import { RateLimitedError } from './rate-limit.error';
import { RateLimitsRepository, type Place } from './rate-limits.repository';

/**
 * Limits the requests per tenant and minute; the minute starts with the tenant's first request. Runs after the
 * tenant guard: requests refused there are not counted, and those without a tenant are not limited.
 *
 * A request counts once, on arrival, however long it takes. If the database is unreachable it is
 * answered with 503, as its handler would do: an outage neither grants free requests nor uses up the limit.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly limit: number;

  constructor(
    { perMinute }: RateLimitsConfig,
    private readonly counts: RateLimitsRepository,
  ) {
    this.limit = perMinute;
  }

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (this.limit === 0) return true;
    const http = context.switchToHttp();
    const { tenantId } = contextOf(http.getRequest<Request>());
    if (tenantId === undefined) return true;
    return this.counts.count(tenantId).then((place) => this.admit(http.getResponse<Response>(), place));
  }

  private admit(response: Response, { number, remainingMs }: Place): true {
    const seconds = Math.max(1, Math.ceil(remainingMs / 1000));
    response.setHeader('RateLimit-Limit', String(this.limit));
    response.setHeader('RateLimit-Remaining', String(Math.max(0, this.limit - number)));
    response.setHeader('RateLimit-Reset', String(seconds));
    if (number > this.limit) throw new RateLimitedError(this.limit, seconds);
    return true;
  }
}
