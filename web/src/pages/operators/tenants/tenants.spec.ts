import { describe, expect, it } from '@jest/globals';
import type { Quota } from 'uim-compute-client';
import { draftOf, limitOf, parseLimits } from './limits';
import { parseTenantSearch } from './search';

const LIMITS = { instances: 10, vcpus: 16, ramGB: -1, diskGB: -1, gpus: 0, snapshots: -1, snapshotGB: -1 };
const QUOTA: Quota = { tenantId: 'a', limits: LIMITS, usage: LIMITS, retainDeleted: null };

describe('limits that are typed', () => {
  it('changes nothing if nothing was typed', () => {
    expect(parseLimits(draftOf(QUOTA), QUOTA)).toEqual({ changes: {}, invalid: [] });
  });

  it('has only what differs, and null for the default', () => {
    const draft = { ...draftOf(QUOTA), instances: '20', vcpus: '', ramGB: ' -1 ' };
    expect(parseLimits(draft, QUOTA)).toEqual({ changes: { instances: 20, vcpus: null }, invalid: [] });
  });

  it.each(['-2', '1.5', 'ten', '1e3', '99999999999'])('refuses %s', (text) => {
    expect(limitOf(text)).toBeUndefined();
    expect(parseLimits({ ...draftOf(QUOTA), gpus: text }, QUOTA).invalid).toEqual(['gpus']);
  });
});

describe('search of tenants', () => {
  it('keeps the tenant, its filter and the pages', () => {
    const search = { tenant: 'acme', status: 'error', pages: ['a'] };
    expect(parseTenantSearch(search)).toEqual(search);
  });

  it('ignores a filter without a tenant, and what it does not know', () => {
    expect(parseTenantSearch({ status: 'error', tenant: { a: 1 }, pages: 3 })).toEqual({});
  });
});
