import type { Browser, Page } from 'playwright-core';
import { launchChromium, missingChromium } from '../support/chromium';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { PageServer } from '../support/pages';
import { createSession } from '../support/session-client';
import { newTenant, useApp } from '../support/use-app';

const PAGE = `<!doctype html>
<link rel="stylesheet" href="/modules/@xterm/xterm/css/xterm.css">
<div id="screen"></div>
<script type="module">
  import { Terminal } from '/modules/@xterm/xterm/lib/xterm.mjs';
  import { AttachAddon } from '/modules/@xterm/addon-attach/lib/addon-attach.mjs';
  const terminal = new Terminal();
  terminal.open(document.getElementById('screen'));
  terminal.loadAddon(new AttachAddon(new WebSocket(decodeURIComponent(location.hash.slice(1)))));
  terminal.focus();
  window.textOf = () => Array.from({ length: 4 }, (_, row) =>
    terminal.buffer.active.getLine(row).translateToString(true)).join('\\n').trimEnd();
</script>`;

describeWhere(missingChromium, 'xterm.js in a browser', () => {
  const app = useApp({ environment: { CORS_ORIGINS: '*' } });
  let browser: Browser;
  let page: Page;
  let pages: PageServer;
  beforeAll(async () => {
    pages = await PageServer.start(PAGE);
    browser = await launchChromium();
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await pages.stop();
  });

  it('shows the serial console of an instance, and types into it', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const { url } = await createSession(tenant, id, { kind: 'serial' });
    await page.goto(`${pages.url}/#${encodeURIComponent(url)}`);
    const shows = (text: string): Promise<void> =>
      eventually(async () => expect(await page.evaluate('window.textOf()')).toBe(text));
    await shows('simulated: web starts\nsimulated: web booted');
    await page.keyboard.type('typed');
    await shows('simulated: web starts\nsimulated: web booted\ntyped');
  });
});
