import { IdempotencyRepository } from '../../src/access/idempotency/idempotency.repository';
import { RateLimitsRepository } from '../../src/access/rate-limits/rate-limits.repository';
import { ReadinessService } from '../../src/health/readiness.service';
import { OutboxRepository } from '../../src/integrations/outbox/outbox.repository';
import { Deployment } from '../../src/platform/deployment';
import { aKey } from '../support/builders';
import { callsOf, type StatementCalls } from './statement-calls';

const TENANT = 'tenant-a';
const MINUTE_MS = 60_000;

/** Calls outside `compute`. */
export const OTHER_CALLS: readonly StatementCalls[] = [
  callsOf(OutboxRepository, (repository) => [
    repository.hold('test', MINUTE_MS),
    repository.release('test'),
    repository.due(10),
    repository.settle(['1'], [{ id: '2', delayMs: 1 }]),
    repository.expire(MINUTE_MS),
    // Even an empty outbox has more, so this also sends the statement that deletes.
    repository.trim(-1),
    repository.statistics(),
  ]),
  callsOf(IdempotencyRepository, (repository) => [
    repository.find(TENANT, 'key', MINUTE_MS),
    repository.answer(TENANT, aKey(), { status: 200, headers: {}, body: null }),
    repository.count(TENANT, { atMost: 10, retentionMs: MINUTE_MS }),
    repository.sweep(MINUTE_MS),
  ]),
  callsOf(RateLimitsRepository, (repository) => [repository.count(TENANT), repository.sweep()]),
  callsOf(Deployment, (_, database) => [Deployment.of(database, 'test')]),
  // It rejects, because no worker is running.
  callsOf(ReadinessService, (service) => [service.check()]),
];
