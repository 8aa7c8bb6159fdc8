import type { Browser, Page } from 'playwright-core';
import type { Client } from '../support/client';
import { launchChromium, missingChromium } from '../support/chromium';
import { describeWhere } from '../support/describe-where';
import { EngineFixture } from '../support/engines/engine-fixture';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { BOOT, QEMU_MISSING } from '../support/engines/qemu-engine';
import { eventually } from '../support/eventually';
import { PageServer } from '../support/pages';
import { createSession } from '../support/session-client';

const PAGE = `<!doctype html>
<body style="margin: 0">
<div id="screen" style="width: 720px; height: 400px"></div>
<script type="module">
  import RFB from '/modules/@novnc/novnc/core/rfb.js';
  const rfb = new RFB(document.getElementById('screen'), decodeURIComponent(location.hash.slice(1)));
  rfb.scaleViewport = true;
  rfb.addEventListener('connect', () => (window.isConnected = true));
  window.lit = () => {
    const canvas = document.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] + data[i + 1] + data[i + 2] > 300) count++;
    return count;
  };
</script>`;

/** Clears the screen, and prints there. */
const USER_DATA = `#!/bin/sh
printf '\\033[2J\\033[H\\nHello from %s.\\n\\n' "$(hostname)" > /dev/tty0
uname -sr > /dev/tty0
echo shown
`;

describeWhere(QEMU_MISSING ?? missingChromium, 'noVNC in a browser', () => {
  let fixture: EngineFixture;
  let tenant: Client;
  let browser: Browser;
  let page: Page;
  let pages: PageServer;
  beforeAll(async () => {
    fixture = await EngineFixture.start({
      imagesFile: await guestImages(),
      environment: { CORS_ORIGINS: '*', QEMU_STOP_SECONDS: '0' },
    });
    tenant = fixture.as('tenant-a');
    pages = await PageServer.start(PAGE);
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 720, height: 400 } });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await pages.stop();
    await fixture.close();
  });

  it('shows the screen of a virtual machine', async () => {
    const { id } = await tenant.createRunning({
      name: 'web-1',
      type: 'vm',
      imageId: GUEST_IMAGE,
      userData: USER_DATA,
    });
    await eventually(async () => {
      const { body } = await tenant.get<{ lines: readonly string[] }>(`/instances/${id}/console?lines=1000`);
      expect(body.lines).toContain('shown');
    }, BOOT);
    const { url } = await createSession(tenant, id, { kind: 'vnc' });
    await page.goto(`${pages.url}/#${encodeURIComponent(url)}`);
    await eventually(async () => expect(await page.evaluate('window.isConnected')).toBe(true));
    // Two lines of text, and nothing else.
    await eventually(async () => {
      const lit = Number(await page.evaluate('window.lit()'));
      expect(lit).toBeGreaterThan(300);
      expect(lit).toBeLessThan(5000);
    });
    const directory = process.env['SCREENSHOTS'];
    if (directory !== undefined) await page.screenshot({ path: `${directory}/vnc.png` });
    await tenant.delete(`/instances/${id}?force=true`);
  });
});
