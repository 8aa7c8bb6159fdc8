import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ARGUMENTS,
  });
}

/** Records tasks that block the page for more than 50 ms, which is the least that browsers report. */
const OBSERVE = `window.longTasks = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longTasks.push(duration);
}).observe({ type: 'longtask' });`;

/** A page of the web console for measurements. */
export class MeasuredPage {
  private constructor(
    readonly page: Page,
    private readonly devtools: CDPSession,
  ) {}

  /** Opens the list of a tenant's instances. */
  static async open(browser: Browser, url: string, tenantId: string): Promise<MeasuredPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(OBSERVE);
    await page.goto(`${url}/console`);
    await page.getByLabel('Tenant').fill(tenantId);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Instances', level: 1 }).waitFor();
    return new MeasuredPage(page, await context.newCDPSession(page));
  }

  /** In ms, since the last call. */
  async longTasks(): Promise<readonly number[]> {
    const found: unknown = await this.page.evaluate('window.longTasks.splice(0)');
    if (!Array.isArray(found)) throw new Error('the page records no long tasks');
    return found.map(Number);
  }

  /** Memory of scripts in MB, after a garbage collection. */
  async heapMb(): Promise<number> {
    await this.devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.devtools.send('Performance.getMetrics');
    const used = metrics.find(({ name }) => name === 'JSHeapUsedSize');
    if (!used) throw new Error('the browser reports no memory');
    return used.value / 2 ** 20;
  }

  async watchMemory(): Promise<void> {
    await this.devtools.send('Performance.enable');
  }

  /** Loads a page without any cache at the speed of a phone network. @returns ms until the text is shown */
  async loadThrottled(url: string, text: string): Promise<number> {
    await this.devtools.send('Network.enable');
    await this.devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await this.devtools.send('Network.emulateNetworkConditions', THROTTLED);
    const started = performance.now();
    await this.page.goto(url, { waitUntil: 'commit' });
    await this.page.getByText(text).first().waitFor();
    return performance.now() - started;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** "Fast 4G" of Chromium's developer tools: bytes a second, and ms. */
const THROTTLED = {
  offline: false,
  latency: 165,
  downloadThroughput: (9 * 1000 * 1000 * 0.9) / 8,
  uploadThroughput: (1.5 * 1000 * 1000 * 0.9) / 8,
};
