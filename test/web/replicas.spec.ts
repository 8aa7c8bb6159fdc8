import type { Browser } from 'playwright-core';
import type { Instance } from '../../src/compute/instances';
import { launchChromium } from '../support/chromium';
import { Client } from '../support/client';
import { ConsolePage, missingConsole } from '../support/console';
import { CuttingProxy } from '../support/cutting-proxy';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { POSTGRES_MISSING } from '../support/postgres';
import { ServiceProcess } from '../support/service';

const TENANT = 'acme';

describeWhere(missingConsole ?? POSTGRES_MISSING, 'two browsers on two replicas', () => {
  let database: TestDatabase;
  let browser: Browser;
  let replicas: ServiceProcess[];
  /** Each stands for a load balancer in front of the browser with the same index. */
  let proxies: CuttingProxy[];
  let webs: ConsolePage[];

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await database.remove();
  });

  beforeEach(async () => {
    const start = (): Promise<ServiceProcess> => ServiceProcess.start(database.environment);
    replicas = await Promise.all([start(), start()]);
    proxies = await Promise.all(replicas.map(({ url }) => CuttingProxy.before(url)));
    webs = await Promise.all(proxies.map(({ url }) => ConsolePage.open(browser, url)));
  });
  afterEach(async () => {
    await Promise.all(webs.map((web) => web.close()));
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    await Promise.all(replicas.map((replica) => replica.stop()));
  });

  const signInBoth = async (): Promise<void> => {
    for (const web of webs) await web.signIn(TENANT);
  };

  it('shows in one what was done in the other, and goes on after the replica of one is killed', async () => {
    const [first, second] = replicas;
    const [web, other] = webs;
    if (!first || !second || !web || !other) throw new Error('there are two of each');
    await signInBoth();
    await new Client(first.url, TENANT).post('/instances', { name: 'web', flavor: 'small' });
    await web.row('web').getByText('Running').waitFor();
    await other.row('web').getByText('Running').waitFor();

    await first.kill();
    proxies[0]?.retarget(second.url);
    await other.page.getByRole('checkbox', { name: 'Select web' }).check();
    await other.page.getByRole('button', { name: 'Stop' }).click();
    await other.row('web').getByText('Stopped').waitFor();
    await web.row('web').getByText('Stopped').waitFor();
  });

  it('is right again after its computer slept', async () => {
    const [replica] = replicas;
    const [web] = webs;
    const [proxy] = proxies;
    if (!replica || !web || !proxy) throw new Error('there are two of each');
    await web.page.clock.install();
    await web.signIn(TENANT);
    const tenant = new Client(replica.url, TENANT);
    const { body } = await tenant.post<Instance>('/instances', { name: 'sleeper', flavor: 'small' });
    await web.row('sleeper').getByText('Running').waitFor();

    await web.page.clock.pauseAt(Date.now() + 60_000);
    proxy.retarget(undefined);
    await tenant.post(`/instances/${body.id}/stop`);
    await tenant.post('/instances', { name: 'meanwhile', flavor: 'small' });
    proxy.retarget(replica.url);
    await web.page.clock.fastForward('05:00');
    await web.page.clock.resume();

    await web.row('meanwhile').waitFor();
    await web.row('sleeper').getByText('Stopped').waitFor();
  });
});
