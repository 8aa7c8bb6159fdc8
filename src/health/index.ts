export { HealthModule } from './health.module';
export { ReadinessService } from './readiness.service';
