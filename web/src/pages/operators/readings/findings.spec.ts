import { describe, expect, it } from '@jest/globals';
import { ProblemError } from 'uim-compute-client';
import { findingsOf, hiddenParts } from './findings';
import { parseMetrics } from './metrics';
import { readinessOf, readinessOfError } from './readiness';
import type { Reading } from './reading';

const driver = (changes: object = {}) => ({
  name: 'docker',
  total: { vcpus: 10, ramGB: 100, diskGB: -1, gpus: 0 },
  allocated: { vcpus: 1, ramGB: 10, diskGB: 500, gpus: 0, instances: 1 },
  status: 'up' as const,
  detail: 'Docker 29',
  ...changes,
});

const capacityOf = (...drivers: ReturnType<typeof driver>[]): Reading['capacity'] => ({
  value: {
    tenantId: null,
    allocated: { vcpus: 1, ramGB: 10, diskGB: 500, gpus: 0, instances: 1 },
    flavors: [],
    drivers,
  },
});

const WELL: Reading = {
  readiness: { value: readinessOf({ status: 'ready', checks: { database: { status: 'up' } } }) },
  capacity: capacityOf(driver()),
  failing: { value: { instances: [], isCut: false } },
  orphans: { value: [] },
  metrics: { value: parseMetrics('compute_queue_age_seconds 2\ncompute_outbox_age_seconds 0') },
  warmPools: { value: [] },
};

describe('what needs attention', () => {
  it('is nothing if all is well', () => {
    expect(findingsOf(WELL)).toEqual([]);
  });

  it('names checks that are down, vital ones first, and drivers once', () => {
    const checks = {
      network: { status: 'circuit_open' },
      storage: { status: 'disabled' },
      database: { status: 'down', detail: 'no response' },
      'driver:docker': { status: 'down', detail: 'no socket' },
    };
    const findings = findingsOf({
      ...WELL,
      readiness: { value: readinessOf({ status: 'degraded', checks }) },
      capacity: capacityOf(driver({ status: 'down', detail: 'no socket' })),
    });
    expect(findings).toEqual([
      { kind: 'check', name: 'database', detail: 'no response', isVital: true },
      { kind: 'check', name: 'network', detail: undefined, isVital: false },
      { kind: 'driver', name: 'docker', detail: 'no socket', isDown: true },
    ]);
  });

  it('names what an engine is running out of, but nothing of unknown size', () => {
    const allocated = { vcpus: 9, ramGB: 89, diskGB: 9999, gpus: 0, instances: 1 };
    const [finding] = findingsOf({ ...WELL, capacity: capacityOf(driver({ allocated })) });
    expect(finding).toEqual({ kind: 'room', name: 'docker', resources: ['vcpus'] });
  });

  it('names long waits', () => {
    const metrics = parseMetrics('compute_queue_age_seconds 61\ncompute_outbox_age_seconds 301');
    expect(findingsOf({ ...WELL, metrics: { value: metrics } }).map(({ kind }) => kind)).toEqual([
      'queue',
      'outbox',
    ]);
  });

  it('does not take what a gateway hides for a failure, but everything else', () => {
    const reading: Reading = {
      ...WELL,
      readiness: { error: new Error('not found') },
      metrics: { error: new Error('not found') },
      orphans: { error: new Error('timeout') },
    };
    expect(hiddenParts(reading)).toEqual(['readiness', 'metrics']);
    expect(findingsOf(reading)).toEqual([{ kind: 'unread', part: 'orphans' }]);
  });
});

describe('readiness', () => {
  const problem = { type: '', title: '', status: 503, detail: '', instance: '', code: 'not_ready' };
  const rest = { retryable: true, requestId: '', error: '', message: '' };

  it('reads the checks of a replica that is not ready from its refusal', () => {
    const checks = {
      database: { status: 'down', detail: 'no response' },
      odd: 'x',
      odder: { status: 'new' },
    };
    expect(readinessOfError(new ProblemError({ ...problem, ...rest, checks }))).toEqual({
      status: 'not-ready',
      checks: [{ name: 'database', status: 'down', detail: 'no response' }],
    });
  });

  it('throws other errors again, and what is not from the service', () => {
    const error = new ProblemError({ ...problem, ...rest });
    expect(() => readinessOfError(error)).toThrow(error);
    expect(() => readinessOf('<html>')).toThrow('not from the compute service');
  });
});
