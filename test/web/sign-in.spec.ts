import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { Client } from '../support/client';
import { ConsolePage, missingConsole } from '../support/console';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { freePort, POSTGRES_MISSING } from '../support/postgres';
import { ServiceProcess } from '../support/service';

const PROVIDER = join(__dirname, '..', 'support', 'oidc-provider.mjs');
const OPERATOR = 'the-token-of-operators';

describeWhere(missingConsole ?? POSTGRES_MISSING, 'signing in to the console', () => {
  let database: TestDatabase;
  let browser: Browser;
  let service: ServiceProcess | undefined;
  let provider: ChildProcess | undefined;
  let web: ConsolePage | undefined;

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await database.remove();
  });
  afterEach(async () => {
    await web?.close();
    await service?.stop();
    if (provider?.kill()) await once(provider, 'exit');
    [web, service, provider] = [undefined, undefined, undefined];
  });

  const start = async (environment: Record<string, string>): Promise<ServiceProcess> =>
    (service = await ServiceProcess.start({ ...database.environment, ...environment }));
  const open = async (url: string, headers: Record<string, string> = {}): Promise<ConsolePage> =>
    (web = await ConsolePage.open(browser, url, { extraHTTPHeaders: headers }));

  it('needs nothing behind a gateway, whose tenant it shows', async () => {
    const { url } = await start({ GATEWAY_TOKEN: 'gateway' });
    const { page } = await open(url, { 'X-Gateway-Token': 'gateway', 'X-Tenant-ID': 'acme' });
    await page.goto(`${url}/console`);
    await page.getByRole('heading', { name: 'Instances', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'acme' }).waitFor();
  });

  it('sends users to the gateway if they are not behind it', async () => {
    const { url } = await start({ GATEWAY_TOKEN: 'gateway' });
    const { page } = await open(url);
    await page.goto(`${url}/console`);
    await page.getByText('Open the console through the gateway.').waitFor();
  });

  it('keeps the chosen tenant on reload, and forgets it on sign-out', async () => {
    const { url } = await start({});
    const opened = await open(url);
    await opened.signIn('acme');
    await opened.page.reload();
    await opened.page.getByRole('button', { name: 'acme' }).click();
    await opened.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await opened.page.getByLabel('Tenant').waitFor();
  });

  it('shows the pages for operators with their token only, which a reload forgets', async () => {
    const { url } = await start({ OPERATOR_TOKEN: OPERATOR });
    const opened = await open(url);
    await opened.signIn('acme', OPERATOR);
    const { page } = opened;
    await page.getByRole('link', { name: 'Tenants' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Instances', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: 'Tenants' }).count()).toBe(0);
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain(OPERATOR);
  });

  it('signs in at an OpenID provider and returns to the page that was asked for', async () => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const issuer = await startProvider(`${origin}/console/signed-in`);
    await start({
      PORT: String(port),
      AUTH_MODE: 'jwt',
      JWT_ISSUER: issuer,
      JWT_JWKS_URL: `${issuer}/jwks`,
      JWT_AUDIENCE: 'compute',
      CONSOLE_OIDC_CLIENT_ID: 'console',
    });
    const opened = await open(origin);
    const { page } = opened;
    await page.goto(`${origin}/console/instances?status=stopped`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByPlaceholder('Enter any login').fill('acme');
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'acme' }).waitFor();
    expect(page.url()).toBe(`${origin}/console/instances?status=stopped`);
    const stored = await page.evaluate('JSON.stringify([localStorage, sessionStorage])');
    expect(stored).not.toContain('eyJ');
    expect(opened.complaints).toEqual([]);
    expect((await new Client(origin, 'acme').get('/instances')).status).toBe(401);
  });

  async function startProvider(redirectUri: string): Promise<string> {
    const child = spawn(process.execPath, [PROVIDER, redirectUri], { stdio: ['ignore', 'pipe', 'inherit'] });
    provider = child;
    const lines = createInterface({ input: child.stdout });
    return new Promise((resolve) => lines.once('line', resolve));
  }
});
