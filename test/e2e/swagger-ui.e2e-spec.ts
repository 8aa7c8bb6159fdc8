import type { Browser, Page } from 'playwright-core';
import type { Instance } from '../../src/compute/instances';
import { startApp } from '../support/app';
import { launchChromium, missingChromium } from '../support/chromium';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { parseJson } from '../support/json';
import { readDocument, routesOf } from '../support/openapi';
import { newTenant, useApp } from '../support/use-app';

/** Not started: nothing asks for its keys. */
const ISSUER = {
  AUTH_MODE: 'jwt',
  JWT_JWKS_URL: 'http://127.0.0.1:9/keys',
  JWT_ISSUER: 'issuer',
  JWT_AUDIENCE: 'compute',
};
/** The id of instances in the document. */
const EXAMPLE_ID = '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4';
/** Less than two lines. */
const LINE_PIXELS = 60;
/** Headers that change what a request does. */
const EFFECTIVE_HEADERS =
  /^(authorization|idempotency-key|if-match|if-none-match|last-event-id|prefer|x-gateway-token|x-tenant-id)$/;

describeWhere(missingChromium, 'Swagger UI in a browser', () => {
  const app = useApp();
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    complaints = [];
    page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('requestfailed', (request) => {
      // A test that leaves the page cancels what it still loads, such as its icon.
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()} failed: ${why ?? 'unknown'}`);
    });
    await page.goto(`${app.url}/api/docs`);
  });
  afterEach(() => page.close());

  const shoot = async (name: string): Promise<void> => {
    const directory = process.env['SCREENSHOTS'];
    if (directory !== undefined) await page.screenshot({ path: `${directory}/${name}.png` });
  };

  /** Sets the tenant through the UI. */
  const authorize = async (tenantId: string): Promise<void> => {
    await page.getByRole('button', { name: 'Authorize' }).click();
    const dialog = page.locator('.modal-ux');
    const form = dialog.locator('form').filter({ hasText: 'tenant (apiKey)' });
    await form.locator('input').first().fill(tenantId);
    await form.getByRole('button', { name: 'Apply credentials' }).click();
    await form.getByRole('button', { name: 'Close', exact: true }).click();
  };

  it('creates an instance for the authorized tenant from the unchanged example', async () => {
    const tenantId = newTenant();
    await authorize(tenantId);
    const create = page.locator('#operations-instances-createInstance');
    await create.locator('.opblock-summary-control').click();
    await create.getByRole('button', { name: 'Execute' }).click();
    const response = create.locator('.live-responses-table .response');
    await response.waitFor();
    await shoot('created');
    expect(await response.locator('.response-col_status').innerText()).toMatch(/^201\b/);
    const { instances } = (await app.as(tenantId).get<{ instances: readonly Instance[] }>('/instances')).body;
    expect(instances).toHaveLength(1);
    expect(instances[0]).toMatchObject({ name: 'web-server', flavor: 'medium', tenantId });
    expect(await response.locator('.response-col_description').innerText()).toContain(instances[0]?.id);
    expect(complaints).toEqual([]);
  });

  it('reads and changes an instance without optional headers', async () => {
    const tenantId = newTenant();
    const { id } = await app.as(tenantId).createRunning({ name: 'before' });
    await authorize(tenantId);
    for (const [operation, status] of [
      ['getInstance', 200],
      ['updateInstance', 200],
    ] as const) {
      const block = page.locator(`#operations-instances-${operation}`);
      await block.locator('.opblock-summary-control').click();
      await block.locator('tr[data-param-name="id"] input').fill(id);
      await block.getByRole('button', { name: 'Execute' }).click();
      const response = block.locator('.live-responses-table .response');
      await response.waitFor();
      expect(await response.locator('.response-col_status').innerText()).toMatch(new RegExp(`^${status}\\b`));
    }
    expect((await app.as(tenantId).get<Instance>(`/instances/${id}`)).body.name).toBe('web-server-1');
    expect(complaints).toEqual([]);
  });

  it('shows every operation, and the problem document of a refusal', async () => {
    await page.locator('.opblock').first().waitFor();
    expect(await page.locator('.opblock').count()).toBe(routesOf(await readDocument(app.url)).length);
    const get = page.locator('#operations-instances-getInstance');
    await get.locator('.opblock-summary-control').click();
    await get.getByRole('button', { name: 'Execute' }).click();
    const response = get.locator('.live-responses-table .response');
    await response.waitFor();
    await shoot('not-found');
    expect(await response.locator('.response-col_status').innerText()).toMatch(/^404\b/);
    expect(await response.innerText()).toContain('"code": "instance_not_found"');
    // The browser logs every 404; there must be no other messages.
    expect(complaints.filter((complaint) => !complaint.includes('404 (Not Found)'))).toEqual([]);
  });

  // Each on a page of its own: every opened operation makes the page slower.
  it.each([
    ['instances-listInstances', 'GET /instances'],
    ['instances-createInstance', 'POST /instances'],
    ['instances-deleteInstance', `DELETE /instances/${EXAMPLE_ID}`],
    ['instances-readConsole', `GET /instances/${EXAMPLE_ID}/console`],
    ['images-listImages', 'GET /images'],
  ])('sends no parameter and no header that was not set: %s', async (operation, expected) => {
    const block = page.locator(`#operations-${operation}`);
    await block.locator('.opblock-summary-control').click();
    const sending = page.waitForRequest((request) => request.url().includes('/api/v1/'));
    await block.getByRole('button', { name: 'Execute' }).click();
    const request = await sending;
    const target = request.url().replace(`${app.url}/api/v1/compute`, '');
    expect(`${request.method()} ${target}`).toBe(expected);
    expect(Object.keys(request.headers()).filter((name) => EFFECTIVE_HEADERS.test(name))).toEqual([]);
  });

  it('sends filters as the service reads them', async () => {
    const tenantId = newTenant();
    const { id } = await app.as(tenantId).create({ metadata: { tier: 'web' } });
    await app.as(tenantId).create();
    await authorize(tenantId);
    const block = page.locator('#operations-instances-listInstances');
    await block.locator('.opblock-summary-control').click();
    await block.locator('tr[data-param-name="metadata"] textarea').fill('{"tier":"web"}');
    await block.locator('tr[data-param-name="limit"] input').fill('5');
    const answering = page.waitForResponse((response) => response.url().includes('/api/v1/'));
    await block.getByRole('button', { name: 'Execute' }).click();
    const answer = await answering;
    const query = new URL(answer.url()).searchParams;
    expect(Object.fromEntries(query)).toEqual({ limit: '5', 'metadata[tier]': 'web' });
    const { instances } = parseJson<{ instances: readonly Instance[] }>(await answer.text());
    expect(instances.map((instance) => instance.id)).toEqual([id]);
    expect(complaints).toEqual([]);
  });

  it('lists the tags in order, filters them, and collapses the schemas', async () => {
    const tags = page.locator('.opblock-tag');
    await tags.first().waitFor();
    const order = await Promise.all((await tags.all()).map((tag) => tag.getAttribute('data-tag')));
    expect(order).toEqual((await readDocument(app.url)).tags?.map(({ name }) => name));
    expect(order[0]).toBe('instances');
    expect(order.at(-1)).toBe('health');
    expect(await page.locator('section.models').count()).toBe(1);
    expect(await page.locator('.model-container').count()).toBe(0);
    await page.locator('.operation-filter-input').fill('flavors');
    await eventually(async () => expect(await tags.count()).toBe(1));
    expect(await tags.getAttribute('data-tag')).toBe('flavors');
    expect(complaints).toEqual([]);
  });

  it('documents an error in one line, with links to the explanations', async () => {
    const get = page.locator('#operations-instances-getInstance');
    await get.locator('.opblock-summary-control').click();
    const row = get.locator('.responses-table tr[data-code="404"]');
    const link = row.getByRole('link', { name: 'instance_not_found', exact: true });
    expect(await link.getAttribute('href')).toBe('/api/errors#instance_not_found');
    expect((await row.boundingBox())?.height).toBeLessThan(LINE_PIXELS);
    const success = await get.locator('.responses-table tr[data-code="200"]').boundingBox();
    expect(success?.height).toBeGreaterThan(5 * LINE_PIXELS);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['a trusted gateway', {}, ['tenant']],
    ['tokens', { GATEWAY_TOKEN: 'g', OPERATOR_TOKEN: 'o' }, ['tenant', 'gateway', 'operator']],
    ['an issuer', ISSUER, ['jwt']],
  ])('asks only for the credentials in use, with %s', async (_, environment, schemes) => {
    const other = await startApp({ environment });
    await page.goto(`${other.url}/api/docs`);
    await page.getByRole('button', { name: 'Authorize' }).click();
    const shown = await page.locator('.modal-ux h4 code').allInnerTexts();
    await other.close();
    expect(shown).toEqual(schemes);
    expect(complaints).toEqual([]);
  });

  it('opens at the root of the service', async () => {
    await page.goto(app.url);
    expect(page.url()).toBe(`${app.url}/api/docs`);
    await page.locator('.opblock').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('keeps no credentials in the browser', async () => {
    await authorize(newTenant());
    expect(await page.evaluate('Object.keys(localStorage).concat(Object.keys(sessionStorage))')).toEqual([]);
    await page.reload();
    await page.getByRole('button', { name: 'Authorize' }).click();
    const form = page.locator('.modal-ux form').filter({ hasText: 'tenant (apiKey)' });
    expect(await form.getByRole('button', { name: 'Apply credentials' }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('does not allow inline scripts', async () => {
    const policy = (await fetch(`${app.url}/api/docs`)).headers.get('content-security-policy') ?? '';
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self'");
  });
});
