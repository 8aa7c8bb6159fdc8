import { describe, expect, it } from '@jest/globals';
import { groupByReason } from './failing';

describe('failing instances by reason', () => {
  it('counts reasons and their tenants, the most frequent first', () => {
    const groups = groupByReason([
      { tenantId: 'a', statusReason: 'no image' },
      { tenantId: 'b', statusReason: 'disk is full' },
      { tenantId: 'a', statusReason: 'disk is full' },
      { tenantId: 'b', statusReason: 'disk is full' },
      { tenantId: 'c', statusReason: null },
    ]);
    expect(groups[0]).toEqual({
      reason: 'disk is full',
      instances: 3,
      tenants: [
        { tenantId: 'b', instances: 2 },
        { tenantId: 'a', instances: 1 },
      ],
    });
    expect(groups.map(({ reason }) => reason)).toEqual(['disk is full', 'no image', null]);
  });

  it('takes reasons that differ in an ID only for the same', () => {
    const reasonOf = (id: string): string => `container ${id} is gone`;
    const groups = groupByReason([
      { tenantId: 'a', statusReason: reasonOf('019342d0-3f79-7d02-8b1a-77c3a0e5f2a4') },
      { tenantId: 'a', statusReason: reasonOf('019342d0-3f79-7d02-8b1a-77c3a0e5f2a5') },
      { tenantId: 'a', statusReason: reasonOf('deadbeefdeadbeef') },
    ]);
    expect(groups).toHaveLength(1);
    expect(groups[0]?.reason).toBe('container … is gone');
  });
});
