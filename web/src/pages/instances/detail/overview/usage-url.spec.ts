import { expect, it } from '@jest/globals';
import { usageUrlOf } from './usage-url';

it('puts the ids into the address of the longer history', () => {
  const template = 'https://grafana.example.com/d/usage?var-tenant={tenantId}&var-instance={instanceId}';
  expect(usageUrlOf(template, { id: '1-2', tenantId: 'a:b' })).toBe(
    'https://grafana.example.com/d/usage?var-tenant=a%3Ab&var-instance=1-2',
  );
  expect(usageUrlOf(null, { id: '1-2', tenantId: 'a' })).toBeUndefined();
});
