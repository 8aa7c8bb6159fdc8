import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { RateLimitGuard } from './rate-limit.guard';
import { RateLimitsRepository } from './rate-limits.repository';
import { RateLimitsSweeper } from './rate-limits.sweeper';

/** Fairness among tenants. Its guard runs after those of the modules before it. */
@Module({
  providers: [RateLimitsRepository, RateLimitsSweeper, { provide: APP_GUARD, useClass: RateLimitGuard }],
})
export class RateLimitsModule {}
