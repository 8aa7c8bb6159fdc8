export { HEALTH_ERRORS } from './health.errors';
export { HealthModule } from './health.module';
export { ReadinessService } from './readiness.service';
