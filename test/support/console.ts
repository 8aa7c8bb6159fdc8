import { join } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { missingChromium } from './chromium';
import { eventually } from './eventually';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const BUILT = join(__dirname, '..', '..', 'dist', 'console', 'index.html');

/** For a busy machine, which boots a guest while it renders pages. */
const PATIENCE_MS = 60_000;

/** Why tests of the web console cannot run; undefined if they can. */
export const missingConsole =
  missingChromium ?? (existsSync(BUILT) ? undefined : 'the console is not built: npm run build');

/** A page of the web console, with everything that its browser complained about. */
export class ConsolePage {
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {
    page.on('console', (message) => {
      const text = message.text();
      if (['error', 'warning'].includes(message.type()) && !isRefusal(text)) this.complaints.push(text);
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  static async open(
    browser: Browser,
    origin: string,
    options: BrowserContextOptions = {},
  ): Promise<ConsolePage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    return new ConsolePage(await context.newPage(), origin);
  }

  /** Opens the console and signs in as a tenant, as a user does without a gateway. */
  async signIn(tenantId: string, token?: string): Promise<void> {
    await this.page.goto(`${this.origin}/console`);
    await this.page.getByLabel('Tenant').fill(tenantId);
    if (token !== undefined) await this.page.getByLabel('Operator token').fill(token);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.getByRole('heading', { name: 'Instances', level: 1 }).waitFor();
  }

  /** The row of an instance in the list. */
  row(name: string): ReturnType<Page['getByRole']> {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('link', { name, exact: true }) });
  }

  /** Follows a link of the navigation. */
  async visit(name: string): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name, exact: true })
      .click();
    await this.page.getByRole('heading', { level: 1 }).first().waitFor();
  }

  /** Opens a tab of the instance that is shown. */
  async openTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
    await this.page.getByRole('tabpanel', { name, exact: true }).waitFor();
  }

  /** Enters a line in the terminal of the page. */
  async type(line: string, page = this.page): Promise<void> {
    await page.locator('.xterm-helper-textarea').focus();
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
  }

  /** Waits until the terminal of the page shows a text, which its lines may break. */
  async shows(
    text: string | RegExp,
    page = this.page,
    within: { readonly withinMs?: number } = {},
  ): Promise<void> {
    const rows = page.locator('.xterm-rows > div');
    await eventually(async () => expect((await rows.allTextContents()).join('')).toMatch(text), within);
  }

  /** What axe finds on the page as it is, of serious and critical impact. */
  async inaccessible(): Promise<readonly string[]> {
    // Through the protocol of the browser, because the policy of the page refuses foreign scripts.
    await this.page.evaluate(AXE);
    return this.page.evaluate(FIND);
  }

  async screenshot(name: string): Promise<void> {
    const directory = process.env['SCREENSHOTS'];
    if (directory !== undefined) await this.page.screenshot({ path: join(directory, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** Browsers report each response with an error status, although the page handles it. */
const isRefusal = (text: string): boolean => text.startsWith('Failed to load resource');

const FIND = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))`;
