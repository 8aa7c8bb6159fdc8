import type { Browser, Page } from 'playwright-core';
import { launchChromium, missingChromium } from '../support/chromium';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { PageServer } from '../support/pages';
import { createSession } from '../support/session-client';
import { newTenant, useApp } from '../support/use-app';

const TERMINAL = `<!doctype html>
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

const SCREEN = `<!doctype html>
<body style="margin: 0">
<div id="screen" style="width: 320px; height: 200px"></div>
<script type="module">
  import RFB from '/modules/@novnc/novnc/core/rfb.js';
  const rfb = new RFB(document.getElementById('screen'), decodeURIComponent(location.hash.slice(1)));
  rfb.addEventListener('connect', () => rfb.focus());
  window.colorAt = (x, y) => {
    const canvas = document.querySelector('canvas');
    return canvas ? Array.from(canvas.getContext('2d').getImageData(x, y, 1, 1).data).join(' ') : '';
  };
</script>`;

const WHITE = '255 255 255 255';
const BLACK = '0 0 0 255';

describeWhere(missingChromium, 'a browser', () => {
  const app = useApp({ environment: { CORS_ORIGINS: '*' } });
  let browser: Browser;
  let pages: PageServer;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(() => pages.stop());
  afterAll(() => browser.close());

  /** Opens a page that connects to a new session. */
  async function open(content: string, kind: 'serial' | 'vnc'): Promise<Page> {
    pages = await PageServer.start(content);
    const page = await browser.newPage({ viewport: { width: 720, height: 400 } });
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const { url } = await createSession(tenant, id, { kind });
    await page.goto(`${pages.url}/#${encodeURIComponent(url)}`);
    return page;
  }

  it('shows the serial console of an instance with xterm.js, and types into it', async () => {
    const page = await open(TERMINAL, 'serial');
    const shows = (text: string): Promise<void> =>
      eventually(async () => expect(await page.evaluate('window.textOf()')).toBe(text));
    await shows('simulated: web starts\nsimulated: web booted');
    await page.keyboard.type('typed');
    await shows('simulated: web starts\nsimulated: web booted\ntyped');
    await page.close();
  });

  it('shows the screen of a simulated instance with noVNC, and the keys that are pressed', async () => {
    const page = await open(SCREEN, 'vnc');
    const shows = (x: number, y: number, color: string): Promise<void> =>
      eventually(async () => expect(await page.evaluate(`window.colorAt(${x}, ${y})`)).toBe(color));
    const colors = [WHITE, '255 255 0 255', '0 255 255 255', '0 255 0 255', '255 0 255 255', '255 0 0 255'];
    for (const [bar, color] of [...colors, '0 0 255 255', BLACK].entries())
      await shows(bar * 40 + 20, 50, color);
    await shows(5, 195, BLACK);
    await page.keyboard.press('a');
    await shows(5, 195, WHITE);
    await page.close();
  });
});
