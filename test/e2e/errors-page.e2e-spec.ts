import { definedErrors } from '../../src/platform/errors/define-errors';
import { errorsMarkdown } from '../../src/documents/errors.page';
import { readDocument } from '../support/documents';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const CODES = definedErrors()
  .map(({ code }) => code)
  .toSorted();

describe('the page of error codes', () => {
  const app = useApp();

  it('is public and has exactly one anchor per code', async () => {
    const { status, headers, text } = await app.as('not a tenant!').request('/api/errors');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    expect(headers.get('transfer-encoding')).toBeNull();
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect([...text.matchAll(/id="([^"]+)"/g)].map(([, code]) => code).toSorted()).toEqual(CODES);
  });

  it('is the target of a problem type', async () => {
    const client = app.as(newTenant());
    const { type, retryable } = expectProblem(await client.get('/instances/x'), { status: 404 });
    expect(retryable).toBe(false);
    const { pathname, hash } = new URL(type, app.url);
    const page = await client.request(pathname);
    expect(page.text).toContain(`id="${hash.slice(1)}"`);
  });

  it('matches docs/errors.md', async () => {
    const written = readDocument('docs/errors.md');
    expect([...written.matchAll(/^### `(.+)`$/gm)].map(([, code]) => code).toSorted()).toEqual(CODES);
    // Only whitespace may differ: Prettier reformats the file.
    expect(written.replaceAll(/\s+/g, ' ')).toBe(errorsMarkdown().replaceAll(/\s+/g, ' '));
  });
});
