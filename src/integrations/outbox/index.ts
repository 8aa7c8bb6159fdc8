export { queueMetric } from './metric.sql';
export { OutboxModule } from './outbox.module';
export { OutboxRepository } from './outbox.repository';
export type { OutboxStatistics } from './outbox.repository';
