import { describe, expect, it } from '@jest/globals';
import { parseMetrics, sumOf, totalsBy } from './metrics';

const TEXT = `# HELP compute_queue_depth Unfinished operations
# TYPE compute_queue_depth gauge
compute_queue_depth{status="pending",service="compute-service"} 3
compute_queue_depth{status="running",service="compute-service"} 1
compute_queue_age_seconds{service="compute-service"} 12.5
compute_operations_total{type="create",result="succeeded"} 7
compute_operations_total{type="delete",result="succeeded"} 2
compute_operations_total{type="create",result="failed"} 1 1395066363000
process_start_time_seconds 1.7e9
histogram_bucket{le="+Inf"} +Inf
broken line here
no_value
`;

describe('metrics in the text format of Prometheus', () => {
  const samples = parseMetrics(TEXT);

  it('reads names, labels and values', () => {
    expect(samples[0]).toEqual({
      name: 'compute_queue_depth',
      labels: { status: 'pending', service: 'compute-service' },
      value: 3,
    });
    expect(sumOf(samples, 'process_start_time_seconds')).toBe(1.7e9);
    expect(sumOf(samples, 'histogram_bucket')).toBe(Infinity);
  });

  it('leaves out comments and what it does not understand', () => {
    expect(samples).toHaveLength(8);
  });

  it('sums what has the labels', () => {
    expect(sumOf(samples, 'compute_queue_depth', { status: 'running' })).toBe(1);
    expect(sumOf(samples, 'compute_queue_depth')).toBe(4);
    expect(sumOf(samples, 'compute_outbox_depth')).toBeUndefined();
  });

  it('sums by a label, the largest first', () => {
    expect(totalsBy(samples, 'compute_operations_total', 'result')).toEqual([
      { label: 'succeeded', value: 9 },
      { label: 'failed', value: 1 },
    ]);
  });

  it('reads values of labels with quotes, braces and line breaks', () => {
    const [sample] = parseMetrics(String.raw`m{a="say \"hi\" }",b="one\ntwo\\"} 1`);
    expect(sample).toEqual({ name: 'm', labels: { a: 'say "hi" }', b: 'one\ntwo\\' }, value: 1 });
  });
});
