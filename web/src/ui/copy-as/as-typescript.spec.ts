import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { asTypeScript, literalOf } from './as-typescript';

const TARGET = {
  origin: 'https://cloud.example.com',
  tenantId: 'acme',
  tenantHeader: 'X-Tenant-ID',
  needsToken: false,
};

describe('literalOf', () => {
  it.each([
    ['text with quotes', `it's "quoted" \\ \\" \\' \${x} \``],
    ['line breaks and control characters', 'a\nb\r\t\0\u001b\u2028\u202e\u{e0001}\ud800'],
    ['keys that are no identifiers', { 'a-b': 1, '': 2, 'it\'s "': 3, class: 4, '1': 5 }],
    ['nested values', { list: ['a', 'b', { c: [] }], flag: true, none: null, long: 'x'.repeat(100) }],
  ])('has the same value as %s', (_, value) => {
    const result: unknown = runInNewContext(`JSON.stringify(${literalOf(value)})`);
    expect(result).toBe(JSON.stringify(value));
  });

  it('does not set a prototype', () => {
    const value: unknown = JSON.parse('{"__proto__": "x"}');
    expect(runInNewContext(`JSON.stringify(${literalOf(value)})`)).toBe('{"__proto__":"x"}');
  });

  it('leaves out members that are undefined', () => {
    expect(literalOf({ a: undefined, b: 1 })).toBe('{ b: 1 }');
  });
});

describe('asTypeScript', () => {
  const call = { result: 'instance', method: 'create', parameters: [{ name: 'web', flavor: 'small' }] };

  it('is a complete program', () => {
    expect(asTypeScript(call, TARGET)).toBe(
      [
        "import { ComputeClient } from 'uim-compute-client';",
        '',
        'const compute = new ComputeClient({',
        "  baseUrl: 'https://cloud.example.com',",
        "  tenantId: 'acme',",
        '});',
        '',
        "const instance = await compute.create({ name: 'web', flavor: 'small' });",
      ].join('\n'),
    );
  });

  it('takes the token from the environment, and sends the tenant in the header of the deployment', () => {
    const text = asTypeScript(call, { ...TARGET, tenantHeader: 'X-Org', needsToken: true });
    expect(text).toContain('  token: process.env.TOKEN,');
    expect(text).toContain("request.headers.set('X-Org', 'acme');");
  });
});
