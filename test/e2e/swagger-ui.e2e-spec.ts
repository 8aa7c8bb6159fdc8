import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Instance } from '../../src/instances';
import { describeWhere } from '../support/describe-where';
import { readDocument, routesOf } from '../support/openapi';
import { newTenant, useApp } from '../support/use-app';

const CHROMIUM = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);
const missing = CHROMIUM === undefined ? 'no /usr/bin/chromium, and CHROMIUM_PATH names none' : undefined;

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

describeWhere(missing, 'Swagger UI in a browser', () => {
  const app = useApp();
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: QUIET });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    complaints = [];
    page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
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
