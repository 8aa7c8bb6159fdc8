import { describe, expect, it } from '@jest/globals';
import { auditFilterOf, hasAuditFilter, parseAuditSearch } from './search';

const ID = '01a23121-b758-747c-bf7c-59d17e93557f';

describe('the address of the audit page', () => {
  it('keeps filters, and drops what the service would refuse', () => {
    expect(
      parseAuditSearch({
        tenant: ' acme ',
        type: 7,
        instance: ID,
        since: '2026-01-01T08:30',
        until: 'yesterday',
        actor: '',
        pages: ['a', 7, null],
        other: 'x',
      }),
    ).toEqual({ tenant: 'acme', type: '7', instance: ID, since: '2026-01-01T08:30', pages: ['a', '7'] });
    expect(parseAuditSearch({ instance: 'web' })).toEqual({});
  });

  it('becomes a filter of the API, with times in seconds', () => {
    const search = parseAuditSearch({ tenant: 'acme', request: 'r', since: '2026-01-01T08:30' });
    expect(auditFilterOf(search)).toEqual({
      tenantId: 'acme',
      requestId: 'r',
      since: new Date('2026-01-01T08:30').getTime() / 1000,
    });
    expect([hasAuditFilter(search), hasAuditFilter({ pages: ['a'] })]).toEqual([true, false]);
  });
});
