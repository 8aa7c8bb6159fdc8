import { describe, expect, it } from '@jest/globals';
import { asCurl } from './as-curl';

const TARGET = {
  origin: 'https://cloud.example.com',
  tenantId: 'acme',
  tenantHeader: 'X-Tenant-ID',
  needsToken: false,
};

describe('asCurl', () => {
  it('sends the body as JSON, for the tenant', () => {
    expect(
      asCurl({ method: 'POST', path: '/api/v1/compute/instances', body: { name: "it's" } }, TARGET),
    ).toBe(
      [
        'curl -X POST https://cloud.example.com/api/v1/compute/instances \\',
        "  -H 'X-Tenant-ID: acme' \\",
        "  -H 'Content-Type: application/json' \\",
        "  --data-raw '{",
        String.raw`  "name": "it'\''s"`,
        "}'",
      ].join('\n'),
    );
  });

  it('leaves the token to the shell of the user', () => {
    const text = asCurl({ method: 'GET', path: '/' }, { ...TARGET, needsToken: true });
    expect(text).toContain('-H "Authorization: Bearer $TOKEN"');
    expect(text).not.toContain('Content-Type');
  });

  it('keeps curl from expanding brackets in a query', () => {
    expect(asCurl({ method: 'GET', path: '/a?metadata[role]=web' }, TARGET)).toContain(
      "curl --globoff -X GET 'https://cloud.example.com/a?metadata[role]=web'",
    );
  });

  it('escapes characters that hide or reorder text, so that the JSON stays the same', () => {
    const body = { name: 'a\u202eb\u009b\u{e0001}', note: 'x\0y' };
    const text = asCurl({ method: 'POST', path: '/', body }, TARGET);
    const json = /--data-raw '(?<json>[^]*)'$/.exec(text)?.groups?.['json'] ?? '';
    expect(json).toContain(String.raw`a\u202eb\u009b\udb40\udc01`);
    expect(JSON.parse(json)).toEqual(body);
  });
});
