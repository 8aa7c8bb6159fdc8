import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { ConsolePage, missingConsole } from '../support/console';
import { describeWhere } from '../support/describe-where';
import { startDockerd, TEST_IMAGE, whyNotDockerd, type Engine } from '../support/engines/engine';
import { EngineFixture } from '../support/engines/engine-fixture';

const OPERATOR = 'the-token-of-operators';
const TENANT = 'acme';
/** Markup, a script, a title of the window, a link, and an override of the direction of text. */
const HOSTILE = `<img src=x onerror=\\"document.title='broken'\\"><script>document.title='broken'</script>\\342\\200\\256`;
/** Prints hostile lines, one of them of 10,000 characters, and waits. */
const PRINTING = [
  '/bin/sh',
  '-c',
  `trap "exit 0" TERM; printf "\\033]0;broken\\007${HOSTILE}\\n"; head -c 10000 /dev/zero | tr "\\000" w; echo; echo serving; sleep 1000000 & wait`,
];

/** Each story goes on where the one before it has ended, as a user does. */
describeWhere(missingConsole ?? whyNotDockerd(), 'a tenant who uses containers in the console', () => {
  let engine: Engine;
  let fixture: EngineFixture;
  let browser: Browser;
  let web: ConsolePage;

  beforeAll(async () => {
    engine = await startDockerd();
    fixture = await EngineFixture.start({
      socket: engine.socket,
      environment: { OPERATOR_TOKEN: OPERATOR, DOCKER_PUBLISH_ADDRESS: engine.address },
    });
    browser = await launchChromium();
    web = await ConsolePage.open(browser, fixture.service.url);
    await web.signIn(TENANT);
  });
  afterAll(async () => {
    await browser.close();
    await fixture.close();
    await engine.stop();
  });
  afterEach(() => expect(web.complaints.splice(0)).toEqual([]));

  const statusIs = (status: string): Promise<void> =>
    web.page.getByText(status, { exact: true }).first().waitFor();
  const runCommand = async (command: string): Promise<void> => {
    await web.page.getByRole('textbox', { name: 'Command' }).fill(command);
    await web.page.getByRole('button', { name: 'Run', exact: true }).click();
  };

  it('creates a container and watches it come up', async () => {
    const { page } = web;
    await page.getByRole('link', { name: 'Create instance' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).first().fill('web');
    await page.getByRole('combobox', { name: 'Image' }).fill(TEST_IMAGE);
    await page.getByRole('radio', { name: 'Container' }).click();
    await page.getByRole('radio', { name: /^small/ }).click();
    await page.getByRole('button', { name: /^Advanced/ }).click();
    await page.getByRole('textbox', { name: 'Command' }).fill(PRINTING.join('\n'));
    await page.getByText('Nothing stands in the way.').waitFor();
    await web.screenshot('docker-create');
    await page.getByRole('button', { name: 'Create instance' }).click();
    await page.getByRole('heading', { name: 'web', level: 1 }).waitFor();
    await statusIs('Running');
  });

  it('reads what the container printed, which stays text', async () => {
    const { page } = web;
    await web.openTab('Console');
    const printed = page.getByRole('region', { name: 'Last lines of the console' });
    await printed.getByText('serving').waitFor();
    await printed.getByText('<script>').waitFor();
    await printed.getByText('w'.repeat(8000)).waitFor();
    await web.screenshot('docker-last-lines');
    expect(await page.locator('img[src=x]').count()).toBe(0);
    expect(await page.title()).not.toBe('broken');
  });

  it('works in a shell of the container', async () => {
    const { page } = web;
    await page.getByRole('button', { name: 'Open: Command' }).click();
    await runCommand('sh');
    await page.getByText('Connected', { exact: true }).waitFor();
    await web.type('echo kept > /kept; echo $((6 * 7)) lines');
    await web.shows('42 lines');
    await web.type(
      `printf "\\033]0;broken\\007${HOSTILE}\\n"; head -c 10000 /dev/zero | tr "\\000" w; echo end`,
    );
    await web.shows('wwwend');
    await web.screenshot('docker-shell');
    expect(await page.locator('img[src=x]').count()).toBe(0);
    expect(await page.title()).not.toBe('broken');
    await web.type('exit 3');
    await page.getByText('The command has failed (exit code 3).').waitFor();
  });

  it('is told why a command cannot run', async () => {
    await runCommand('/no/such/<b>program</b>');
    const alert = web.page.getByText('<b>program</b>', { exact: false }).last();
    await alert.waitFor();
    await web.screenshot('docker-no-command');
    await web.page.getByRole('button', { name: 'Close', exact: true }).click();
  });

  it('takes a snapshot, breaks the container, and restores it', async () => {
    const { page } = web;
    await web.openTab('Snapshots');
    await page.getByRole('button', { name: 'Take snapshot' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('good');
    await dialog.getByRole('button', { name: 'Take snapshot' }).click();
    await page.getByRole('row').filter({ hasText: 'good' }).getByText('Available').waitFor();
    await web.screenshot('docker-snapshots');
    await web.openTab('Console');
    await page.getByRole('button', { name: 'Open: Command' }).click();
    await runCommand('rm /kept');
    await page.getByText('The command has ended (exit code 0).').waitFor();
    await web.openTab('Snapshots');
    await page.getByRole('button', { name: 'Actions for good' }).click();
    await page.getByRole('menuitem', { name: 'Restore' }).click();
    await page
      .getByRole('dialog')
      .getByRole('textbox', { name: /confirm/ })
      .fill('web');
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await web.openTab('History');
    await page.getByText('Restore: succeeded').waitFor();
    await web.openTab('Console');
    await page.getByRole('button', { name: 'Open: Command' }).click();
    await runCommand('cat /kept');
    await web.shows('kept');
  });

  it('shows an operator the engine and the tenant, whose limit the operator lowers', async () => {
    const operator = await ConsolePage.open(browser, fixture.service.url);
    const { page } = operator;
    await operator.signIn('operations', OPERATOR);
    await operator.visit('Overview');
    await page.getByText('Everything works').waitFor();
    await page.getByText('1 instance placed.').waitFor();
    await operator.screenshot('docker-operators');
    await operator.visit('Tenants');
    await page.getByRole('button', { name: `Limits of ${TENANT}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Instances', exact: true }).fill('1');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(operator.complaints).toEqual([]);
    await operator.close();
  });

  it('is told that its quota is exhausted before it asks for more', async () => {
    const { page } = web;
    await web.visit('Instances');
    await page.getByRole('link', { name: 'Create instance' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).first().fill('second');
    await page.getByRole('combobox', { name: 'Image' }).fill(TEST_IMAGE);
    await page.getByRole('radio', { name: 'Container' }).click();
    await page.getByText('Your quota is too small: Instances.').first().waitFor();
    expect(await page.getByRole('radio', { name: /^small/ }).isDisabled()).toBe(true);
    await web.screenshot('docker-quota');
    await web.visit('Instances');
  });

  it('is unknown to another tenant', async () => {
    await web.page.getByRole('link', { name: 'web', exact: true }).click();
    const other = await ConsolePage.open(browser, fixture.service.url);
    await other.signIn('other');
    await other.page.getByRole('heading', { name: 'No instances yet' }).waitFor();
    await other.page.goto(web.page.url());
    await other.page.getByRole('heading', { name: 'This instance does not exist' }).waitFor();
    expect(other.complaints).toEqual([]);
    await other.close();
  });

  it('resizes the container while it runs, stops it, starts it, and deletes it', async () => {
    const { page } = web;
    await web.openTab('Settings');
    await page.getByRole('radio', { name: /^medium/ }).click();
    await page.getByRole('button', { name: 'Resize' }).click();
    await web.openTab('Overview');
    await page.getByText('2 vCPUs, 4 GB memory, 40 GB disk').waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await statusIs('Stopped');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await statusIs('Running');
    await web.openTab('History');
    await web.screenshot('docker-history');
    await web.openTab('Settings');
    await page.getByRole('button', { name: 'Delete instance' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /confirm/ }).fill('web');
    await dialog.getByRole('checkbox', { name: /^Force/ }).check();
    await dialog.getByRole('button', { name: 'Delete instance' }).click();
    await page.getByRole('heading', { name: 'No instances yet' }).waitFor();
  });
});
