import { describe, expect, it } from '@jest/globals';
import { asCli } from './as-cli';

const TARGET = {
  origin: 'https://cloud.example.com',
  tenantId: 'acme',
  tenantHeader: 'X-Tenant-ID',
  needsToken: false,
};

describe('asCli', () => {
  it('does not depend on the context of the user', () => {
    expect(asCli({ lines: ['create web', '--flavor small'] }, TARGET)).toBe(
      'uim-compute --url https://cloud.example.com --tenant acme create web \\\n  --flavor small',
    );
  });

  it('passes the token in the environment, where other users do not see it', () => {
    expect(asCli({ lines: ['list'] }, { ...TARGET, needsToken: true })).toMatch(
      /^UIM_COMPUTE_TOKEN="\$TOKEN" uim-compute --url/,
    );
  });

  it('says what it cannot express', () => {
    const text = asCli({ lines: ['list'], notes: ['Not everything.'] }, { ...TARGET, tenantHeader: 'X-Org' });
    expect(text.split('\n')).toEqual([
      '# This service reads the tenant from another header. The command line sends X-Tenant-ID.',
      '# Not everything.',
      expect.stringMatching(/^uim-compute/),
    ]);
  });
});
