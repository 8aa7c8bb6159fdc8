import type { Browser } from 'playwright-core';
import type { Instance } from '../../src/compute/instances';
import { launchChromium } from '../support/chromium';
import { Client } from '../support/client';
import { ConsolePage, missingConsole } from '../support/console';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { ServiceProcess } from '../support/service';
import { POSTGRES_MISSING } from '../support/postgres';

describeWhere(missingConsole ?? POSTGRES_MISSING, 'the instances page', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let browser: Browser;
  let web: ConsolePage;
  let tenants = 0;
  let tenant: Client;

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    [service, browser] = await Promise.all([ServiceProcess.start(database.environment), launchChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
    await database.remove();
  });

  beforeEach(async () => {
    tenant = new Client(service.url, `tenant-${++tenants}`);
    web = await ConsolePage.open(browser, service.url);
    await web.signIn(tenant.tenantId);
  });
  afterEach(async () => {
    await web.close();
    expect(web.complaints).toEqual([]);
  });

  const create = async (name: string, more: object = {}): Promise<Instance> =>
    (await tenant.post<Instance>('/instances', { name, flavor: 'small', ...more })).body;

  it('tells a new tenant how to begin', async () => {
    await web.page.getByRole('heading', { name: 'No instances yet' }).waitFor();
    await web.page.getByRole('link', { name: 'Create instance' }).first().waitFor();
  });

  it('shows what other clients create, change and delete, without being reloaded', async () => {
    await web.page.getByRole('heading', { name: 'No instances yet' }).waitFor();
    const { id } = await create('web');
    await web.row('web').getByText('Running').waitFor();
    await tenant.post(`/instances/${id}/stop`);
    await web.row('web').getByText('Stopped').waitFor();
    await tenant.delete(`/instances/${id}`);
    await web.row('web').waitFor({ state: 'detached' });
  });

  it('never shows the instances of another tenant', async () => {
    await new Client(service.url, 'stranger').post('/instances', { name: 'theirs', flavor: 'small' });
    await create('ours');
    await web.row('ours').waitFor();
    expect(await web.row('theirs').count()).toBe(0);
  });

  it('filters at the service, shows the filters as chips, and keeps them in the address', async () => {
    await create('a', { type: 'vm' });
    await create('b', { type: 'container', metadata: { role: 'db' } });
    await web.row('b').waitFor();
    await web.page.getByRole('combobox', { name: 'Type' }).selectOption('Container');
    await web.row('a').waitFor({ state: 'detached' });
    await web.page.getByText('They hide 1 instance.').waitFor();
    expect(web.page.url()).toContain('type=container');
    await web.page.reload();
    await web.row('b').waitFor();
    expect(await web.row('a').count()).toBe(0);
    await web.page.getByRole('button', { name: 'Remove the filter Type: Container' }).click();
    await web.row('a').waitFor();
  });

  it('carries out an action on several instances and shows the result of each', async () => {
    await create('fine');
    await create('protected', { deletionProtection: true });
    await web.row('fine').getByText('Running').waitFor();
    await web.row('protected').getByText('Running').waitFor();
    await web.page.getByRole('checkbox', { name: 'Select all on this page' }).check();
    await web.page.getByRole('button', { name: 'Delete' }).click();
    const dialog = web.page.getByRole('dialog');
    await dialog.getByLabel('Type 2 to confirm').fill('2');
    await dialog.getByLabel('Also delete running instances').check();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await web.row('fine').waitFor({ state: 'detached' });
    await web.page.getByText('protected from deletion').waitFor();
    await web.row('protected').waitFor();
  });

  it('can be used with a screen reader', async () => {
    await create('web');
    await web.row('web').getByText('Running').waitFor();
    expect(await web.inaccessible()).toEqual([]);
  });
});
