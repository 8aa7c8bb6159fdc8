import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { contextOf } from '../common/http/request-context';
import { AppConfig } from '../config';
import { RateLimitedError } from './rate-limit.error';
import { RateLimitsRepository, type Place } from './rate-limits.repository';

/**
 * Lets each tenant make so many requests in a minute, which begins with its first. Comes after the
 * tenant guard: what that refused is nobody's, and what has no tenant is not limited.
 *
 * A request is counted when it comes; how long it stays costs nothing. Where the database is away it is
 * answered 503, as it would be by its handler: an outage neither gives calls away nor uses them up.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly limit: number;

  constructor(
    { rateLimit }: AppConfig,
    private readonly counts: RateLimitsRepository,
  ) {
    this.limit = rateLimit.perMinute;
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
