import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { RateLimitGuard } from './rate-limit.guard';
import { RateLimitsRepository } from './rate-limits.repository';
import { RateLimitsSweeper } from './rate-limits.sweeper';

/** Request limits per tenant. Its guard runs after those of previously imported modules. */
@Module({
  providers: [RateLimitsRepository, RateLimitsSweeper, { provide: APP_GUARD, useClass: RateLimitGuard }],
})
export class RateLimitsModule {}
