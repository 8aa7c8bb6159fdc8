import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { Client } from '../support/client';
import { ConsolePage, missingConsole } from '../support/console';
import { describeWhere } from '../support/describe-where';
import { EngineFixture } from '../support/engines/engine-fixture';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { BOOT, QEMU_MISSING } from '../support/engines/qemu-engine';
import { eventually } from '../support/eventually';

const OPERATOR = 'the-token-of-operators';
const TENANT = 'acme';
/** Writes to the screen, and repeats on the serial console what is typed there. */
const USER_DATA = `#!/bin/sh
printf '\\033[2J\\033[HHello from the guest.\\n' > /dev/tty0
echo ready for typing
while read line; do echo "got <$line>"; done
`;
/** Counts bright pixels of the screen of the guest. */
const LIT = `(() => {
  const canvas = document.querySelector('canvas');
  if (!canvas) return 0;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i] + data[i + 1] + data[i + 2] > 300) count++;
  return count;
})()`;

/** Each story goes on where the one before it has ended, as a user does. */
describeWhere(missingConsole ?? QEMU_MISSING, 'a tenant who uses virtual machines in the console', () => {
  let fixture: EngineFixture;
  let browser: Browser;
  let web: ConsolePage;

  beforeAll(async () => {
    fixture = await EngineFixture.start({
      imagesFile: await guestImages(),
      environment: { OPERATOR_TOKEN: OPERATOR, QEMU_STOP_SECONDS: '20' },
    });
    browser = await launchChromium();
    web = await ConsolePage.open(browser, fixture.service.url);
    await web.signIn(TENANT);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await fixture.close();
  });
  afterEach(() => expect(web.complaints.splice(0)).toEqual([]));

  const statusIs = (status: string): Promise<void> =>
    web.page.getByText(status, { exact: true }).first().waitFor();
  const windowOf = async (kind: string): Promise<Page> => {
    const opened = web.page.waitForEvent('popup');
    await web.page.getByRole('button', { name: `New window: ${kind}` }).click();
    return opened;
  };

  it('creates a machine and watches it boot', async () => {
    const { page } = web;
    await page.getByRole('link', { name: 'Create instance' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).first().fill('vm');
    await page.getByRole('combobox', { name: 'Image' }).fill(GUEST_IMAGE);
    await page.getByRole('radio', { name: 'Virtual machine' }).click();
    await page.getByRole('radio', { name: /^small/ }).click();
    await page.getByRole('button', { name: /^Advanced/ }).click();
    await page.getByRole('textbox', { name: 'User data' }).fill(USER_DATA);
    await page.getByText('Nothing stands in the way.').waitFor();
    await page.getByRole('button', { name: 'Create instance' }).click();
    await page.getByRole('heading', { name: 'vm', level: 1 }).waitFor();
    await statusIs('Running');
    await web.openTab('Console');
    await page.getByRole('button', { name: 'Open: Serial console' }).click();
    await web.shows('ready for typing', page, BOOT);
    await web.screenshot('qemu-serial');
  });

  it('types on the serial console, also in a window of its own, which keeps its session', async () => {
    await web.type('hello');
    await web.shows('got <hello>');
    const own = await windowOf('Serial console');
    await own.getByText('Connected', { exact: true }).waitFor();
    await web.type('from the window', own);
    await web.shows('got <from the window>', own);
    await web.page.reload();
    await web.type('after a reload', own);
    await web.shows('got <after a reload>', own);
    await own.close();
  });

  it('sees the screen of the machine, and restarts it with its keys', async () => {
    await web.page.getByRole('button', { name: 'Open: Serial console' }).click();
    await web.page.getByText('Connected', { exact: true }).waitFor();
    await web.type('before');
    await web.shows('got <before>');
    const own = await windowOf('Screen');
    await own.getByText('Connected', { exact: true }).waitFor();
    await eventually(async () => expect(Number(await own.evaluate(LIT))).toBeGreaterThan(100));
    await own.getByRole('button', { name: 'Full screen' }).waitFor();
    await own.getByRole('button', { name: 'Ctrl+Alt+Del' }).click();
    await web.shows(/got <before>.*ready for typing/, web.page, BOOT);
    await own.close();
  });

  it('takes a snapshot with memory, and continues from it', async () => {
    const { page } = web;
    await web.openTab('Snapshots');
    await page.getByRole('button', { name: 'Take snapshot' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('good');
    await dialog.getByRole('checkbox', { name: 'Include the memory of the guest' }).check();
    await dialog.getByRole('button', { name: 'Take snapshot' }).click();
    const row = page.getByRole('row').filter({ hasText: 'good' });
    await row.getByText('Available').waitFor();
    await row.getByRole('button', { name: 'Actions for good' }).click();
    await page.getByRole('menuitem', { name: 'Restore' }).click();
    await page
      .getByRole('dialog')
      .getByRole('checkbox', { name: /^Continue from the memory/ })
      .check();
    await page
      .getByRole('dialog')
      .getByRole('textbox', { name: /confirm/ })
      .fill('vm');
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await web.openTab('History');
    await page.getByText('Restore: succeeded').waitFor();
    await web.openTab('Console');
    await page.getByRole('button', { name: 'Open: Serial console' }).click();
    await page.getByText('Connected', { exact: true }).waitFor();
    await web.type('after the restore');
    await web.shows('got <after the restore>');
  });

  it('resizes the machine with a restart, stops it, and deletes it', async () => {
    const { page } = web;
    await web.openTab('Settings');
    await page.getByRole('radio', { name: /^medium/ }).click();
    await page.getByRole('checkbox', { name: /^Stop and start the instance/ }).check();
    await page.getByRole('button', { name: 'Resize' }).click();
    await web.openTab('Overview');
    await page.getByText('2 vCPUs, 4 GB memory, 40 GB disk').waitFor();
    await statusIs('Running');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await statusIs('Stopped');
    await web.openTab('Settings');
    await page.getByRole('button', { name: 'Delete instance' }).click();
    await page
      .getByRole('dialog')
      .getByRole('textbox', { name: /confirm/ })
      .fill('vm');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete instance' }).click();
    await page.getByRole('heading', { name: 'No instances yet' }).waitFor();
    const { body } = await new Client(fixture.service.url, TENANT).get<{ snapshots: { name: string }[] }>(
      '/snapshots',
    );
    expect(body.snapshots.map(({ name }) => name)).toEqual(['good']);
  });
});
