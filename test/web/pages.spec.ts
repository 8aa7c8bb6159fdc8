import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Instance } from '../../src/compute/instances';
import { launchChromium } from '../support/chromium';
import { Client } from '../support/client';
import { ConsolePage, missingConsole } from '../support/console';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { POSTGRES_MISSING } from '../support/postgres';
import { ServiceProcess } from '../support/service';

const OPERATOR = 'the-token-of-operators';
const TENANT_PAGES = ['Instances', 'Snapshots', 'Images', 'Flavors', 'Webhooks', 'Quotas'];
const OPERATOR_PAGES = ['Overview', 'Tenants', 'Audit', 'Orphans'];
const TABS = ['Overview', 'Console', 'History', 'Snapshots', 'Attachments', 'Settings'];
const LOOKS: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
];
/** Markup, a script, an override of the direction of text, and a word that is wider than the page. */
const HOSTILE = `<img src=x onerror="document.title='broken'">\u202e${'w'.repeat(150)}`;

describeWhere(missingConsole ?? POSTGRES_MISSING, 'the pages of the console', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let browser: Browser;
  let web: ConsolePage;

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    const environment = { ...database.environment, OPERATOR_TOKEN: OPERATOR };
    [service, browser] = await Promise.all([ServiceProcess.start(environment), launchChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
    await database.remove();
  });
  afterEach(async () => {
    await web.close();
    expect(web.complaints).toEqual([]);
  });

  const signIn = async (tenantId: string, options: BrowserContextOptions = {}): Promise<Client> => {
    web = await ConsolePage.open(browser, service.url, options);
    await web.signIn(tenantId, OPERATOR);
    return new Client(service.url, tenantId);
  };
  const create = async (tenant: Client, body: object): Promise<Instance> =>
    (await tenant.post<Instance>('/instances', { flavor: 'small', ...body })).body;
  it.each(LOOKS)('can be used with a screen reader, in %s colors', async (look, options) => {
    const tenant = await signIn(`reader-${look}`, options);
    await create(tenant, { name: 'web' });
    await web.row('web').getByText('Running').waitFor();
    const found: string[] = [];
    const check = async (name: string): Promise<void> => {
      await web.screenshot(`${name}-${look}`);
      found.push(...(await web.inaccessible()).map((problem) => `${name}: ${problem}`));
    };
    for (const name of [...TENANT_PAGES, ...OPERATOR_PAGES]) {
      await web.visit(name);
      await check(name);
    }
    await web.visit('Instances');
    await web.page.getByRole('link', { name: 'Create instance' }).first().click();
    await web.page.getByRole('heading', { name: 'Create instance' }).waitFor();
    await check('Create');
    await web.visit('Instances');
    await web.page.getByRole('link', { name: 'web', exact: true }).click();
    for (const tab of TABS) {
      await web.openTab(tab);
      await check(`instance ${tab}`);
    }
    expect(found).toEqual([]);
  });

  it('fit on a phone', async () => {
    const tenant = await signIn('phone', { viewport: { width: 360, height: 740 } });
    await create(tenant, { name: HOSTILE });
    await web.row(HOSTILE).getByText('Running').waitFor();
    const wide: string[] = [];
    for (const name of [...TENANT_PAGES, ...OPERATOR_PAGES]) {
      await web.page.getByRole('button', { name: 'Open navigation' }).click();
      await web.visit(name);
      await web.screenshot(`${name}-phone`);
      const width: unknown = await web.page.evaluate('document.documentElement.scrollWidth');
      if (width !== 360) wide.push(`${name}: ${String(width)}`);
    }
    expect(wide).toEqual([]);
  });

  it('show hostile names, metadata and reasons as text', async () => {
    const tenant = await signIn('hostile');
    const metadata = { [`<b>${'k'.repeat(20)}`]: HOSTILE };
    await create(tenant, { name: HOSTILE, metadata });
    await web.row(HOSTILE).getByText('Running').waitFor();
    await web.page.getByRole('link', { name: HOSTILE, exact: true }).click();
    for (const tab of TABS) await web.openTab(tab);
    await web.openTab('Overview');
    await web.page.getByText(HOSTILE, { exact: true }).last().waitFor();
    expect(await web.page.locator('img[src=x]').count()).toBe(0);
    expect(await web.page.title()).not.toBe('broken');
  });

  it('search who changed what, for an operator', async () => {
    const tenant = await signIn('audited');
    const { id } = await create(tenant, { name: 'watched' });
    await web.visit('Audit');
    const { page } = web;
    await page.getByRole('textbox', { name: 'Tenant' }).fill('audited');
    await page.getByRole('textbox', { name: 'Event type' }).fill('create.requested');
    await page.getByRole('button', { name: 'Search' }).click();
    const row = page.getByRole('row').filter({ hasText: id });
    await row.getByText('Create: requested').waitFor();
    await row.getByText('tenant audited').waitFor();
    expect(page.url()).toContain('type=create.requested');
    await page.getByRole('textbox', { name: 'Actor' }).fill('nobody');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('heading', { name: 'No change matches these filters' }).waitFor();
    await page.goBack();
    await row.getByText('Create: requested').waitFor();
  });

  it('create an instance from the form, with the refusal of the service beside its field', async () => {
    const limits = { instances: 1, vcpus: 1, ramGB: 1, diskGB: 10, gpus: 0, snapshots: 0, snapshotGB: 0 };
    const operator = { Authorization: `Bearer ${OPERATOR}` };
    await new Client(service.url, 'creator').send('PUT', '/quotas/creator', limits, operator);
    const tenant = await signIn('creator');
    const { page } = web;
    await page.getByRole('link', { name: 'Create instance' }).first().click();
    await page.getByRole('button', { name: 'Create instance' }).click();
    await page.getByText('Enter a name.').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).first().fill('first');
    await page.getByRole('radio', { name: /^medium.*Your quota is too small: vCPUs/ }).waitFor();
    await page.getByRole('radio', { name: /^small/ }).click();
    await page.getByLabel('How many').fill('2');
    await page.getByText('The service would refuse this request.').waitFor();
    await page.getByLabel('How many').fill('1');
    await page.getByText('Nothing stands in the way.').waitFor();
    await page.getByRole('button', { name: 'Create instance' }).click();
    await page.getByRole('heading', { name: 'first', level: 1 }).waitFor();
    await page.getByText('Running', { exact: true }).first().waitFor();
    const { body } = await tenant.get<{ instances: Instance[] }>('/instances');
    expect(body.instances.map(({ name, flavor }) => [name, flavor])).toEqual([['first', 'small']]);
  });

  it('stop, start and delete an instance, which must be named first', async () => {
    const tenant = await signIn('owner');
    await create(tenant, { name: 'mortal' });
    const { page } = web;
    await page.getByRole('link', { name: 'mortal', exact: true }).click();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Stopped', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Running', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Stopped', { exact: true }).first().waitFor();
    await web.openTab('Settings');
    await page
      .getByRole('button', { name: /^Delete/ })
      .last()
      .click();
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: /^Delete/ });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('mortal');
    await confirm.click();
    await page
      .getByRole('heading', { name: 'Instances', level: 1 })
      .or(page.getByText('deleted'))
      .first()
      .waitFor();
    const { body } = await tenant.get<{ instances: Instance[] }>('/instances');
    expect(body.instances).toEqual([]);
  });
});
