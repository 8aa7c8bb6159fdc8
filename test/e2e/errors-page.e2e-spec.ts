import { CATALOGUE } from '../../src/common/errors/catalogue';
import { errorsMarkdown } from '../../src/documents/errors.page';
import { readDocument } from '../support/documents';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const CODES = Object.keys(CATALOGUE).toSorted();

describe('what errors mean', () => {
  const app = useApp();

  it('is one page, for everybody, with an anchor for every code and no other', async () => {
    const { status, headers, text } = await app.as('not a tenant!').request('/api/errors');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    expect(headers.get('transfer-encoding')).toBeNull();
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect([...text.matchAll(/id="([^"]+)"/g)].map(([, code]) => code).toSorted()).toEqual(CODES);
  });

  it('is where the type of a problem leads', async () => {
    const client = app.as(newTenant());
    const { type, retryable } = expectProblem(await client.get('/instances/x'), { status: 404 });
    expect(retryable).toBe(false);
    const { pathname, hash } = new URL(type, app.url);
    const page = await client.request(pathname);
    expect(page.text).toContain(`id="${hash.slice(1)}"`);
  });

  it('stands in docs/errors.md as well, code by code', async () => {
    const written = readDocument('docs/errors.md');
    expect([...written.matchAll(/^### `(.+)`$/gm)].map(([, code]) => code).toSorted()).toEqual(CODES);
    // Prettier may set other blanks, and nothing else.
    expect(written.replaceAll(/\s+/g, ' ')).toBe(errorsMarkdown().replaceAll(/\s+/g, ' '));
  });
});
