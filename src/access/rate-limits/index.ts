export { RATE_LIMIT_ERRORS } from './rate-limit.error';
export { RateLimitsModule } from './rate-limits.module';
