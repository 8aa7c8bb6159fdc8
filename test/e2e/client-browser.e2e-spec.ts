import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, missingChromium } from '../support/chromium';
import { describeWhere } from '../support/describe-where';
import { newTenant, useApp } from '../support/use-app';

const ROOT = join(__dirname, '..', '..');
const DIST = join(ROOT, 'packages', 'client', 'dist');
/** The built client and its dependency as one expression, as a bundler makes it. */
function bundle(): string {
  const files = readdirSync(DIST).filter((name) => name.endsWith('.js'));
  const sources = new Map(files.map((name) => [`./${name.slice(0, -3)}`, join(DIST, name)]));
  sources.set('openapi-fetch', join(ROOT, 'node_modules/openapi-fetch/dist/index.cjs'));
  const modules = [...sources].map(([name, file]) => {
    return `${JSON.stringify(name)}: (exports, require) => {${readFileSync(file, 'utf8')}\n}`;
  });
  return `(() => {
    const modules = {${modules.join(',\n')}};
    const loaded = {};
    const require = (name) => {
      if (!(name in modules)) throw new Error('a browser has no module ' + name);
      if (!(name in loaded)) modules[name]((loaded[name] = {}), require);
      return loaded[name];
    };
    return require('./index');
  })()`;
}

/** Takes an instance through its life, and returns what happens. */
const LIFE = `async ({ ComputeClient, ProblemError }, options) => {
  const compute = new ComputeClient(options);
  const { id } = await compute.create({ name: 'web', flavor: 'small' });
  const seen = [(await compute.waitFor(id, 'running')).status];
  await compute.get('none').catch((error) => seen.push(error instanceof ProblemError && error.code));
  const onOpen = () => void compute.stop(id);
  for await (const { event } of compute.followEvents({ onOpen })) {
    seen.push(event.type);
    if (event.type === 'stop.succeeded') break;
  }
  seen.push(await compute.delete(id));
  return seen;
}`;

/** Counts the attempts of a create whose connections fail. */
const LOST = `async ({ ComputeClient, isConnectionError }, options) => {
  let attempts = 0;
  const counting = (request) => (attempts++, fetch(request));
  const compute = new ComputeClient({ ...options, baseUrl: 'http://127.0.0.1:9', fetch: counting });
  const error = await compute.create({ name: 'web', flavor: 'small' }).catch((thrown) => thrown);
  return [isConnectionError(error), attempts];
}`;

/** Passes text through a command. */
const EXEC = `async ({ ComputeClient, isConnectionError }, options) => {
  const compute = new ComputeClient(options);
  const { id } = await compute.create({ name: 'web', flavor: 'small' });
  await compute.waitFor(id, 'running');
  const running = await compute.sessions.exec(id, { command: ['cat'] });
  await running.write('typed');
  await running.endInput();
  let text = '';
  for await (const { data } of running.output()) text += new TextDecoder().decode(data);
  const broken = await compute.create({
    name: 'broken', flavor: 'small', metadata: { 'simulate.execError': 'out of order' },
  });
  await compute.waitFor(broken.id, 'running');
  const refused = await compute.sessions.exec(broken.id, { command: ['cat'] }).catch((error) => error);
  return [text, running.exitCode, isConnectionError(refused)];
}`;

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}

describeWhere(missingChromium, 'the typed client in a browser', () => {
  const app = useApp({ environment: { CORS_ORIGINS: '*' } });
  let browser: Browser;
  let page: Page;
  /** Another origin than the service's. */
  let pages: Server;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    pages = createServer((_, response) => void response.end()).listen(0, '127.0.0.1');
    await once(pages, 'listening');
    await page.goto(`http://localhost:${portOf(pages)}`);
  });
  afterAll(async () => {
    await browser.close();
    pages.close();
    await once(pages, 'close');
  });

  const evaluate = (program: string): Promise<unknown> => {
    const options = { baseUrl: app.url, tenantId: newTenant() };
    return page.evaluate(`(${program})(${bundle()}, ${JSON.stringify(options)})`);
  };

  it('creates, waits, reports a refusal, follows events and deletes, from another origin', async () => {
    expect(await evaluate(LIFE)).toEqual([
      'running',
      'instance_not_found',
      'stop.requested',
      'stop.succeeded',
      undefined,
    ]);
  });

  it('runs a command over the WebSocket of the browser', async () => {
    expect(await evaluate(EXEC)).toEqual(['typed', 0, true]);
  });

  it('recognizes that there was no response, and repeats a create', async () => {
    expect(await evaluate(LOST)).toEqual([true, 4]);
  });
});
