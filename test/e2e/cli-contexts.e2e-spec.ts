import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCli, type CliResult } from '../support/cli';
import { parseJson } from '../support/json';
import { FaultInjectingProxy } from '../support/fault-injecting-proxy';
import { newTenant, useApp } from '../support/use-app';

describe('uim-compute context', () => {
  const app = useApp({ environment: { TENANT_REQUIRED: 'true' } });
  let directory: string;
  let file: string;
  const cli = (
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<CliResult> => startCli('', '', args, { UIM_COMPUTE_CONFIG: file, ...environment }).result;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'cli-contexts-'));
    file = join(directory, 'deep', 'contexts.json');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('saves connections in a file that only its owner can read, and prints no tokens', async () => {
    const set = ['context', 'set', 'prod', '--url', app.url, '--tenant', 'acme', '--token', 'top-secret'];
    expect(await cli(set)).toEqual({ code: 0, out: '', err: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    await cli(['context', 'set', 'prod', '--tenant', 'other']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('top-secret');
    const [table, json] = [await cli(['context', 'list']), await cli(['context', '-o', 'json'])];
    expect(table.out).toMatch(/^CURRENT +NAME +URL +TENANT +TOKEN\n\* +prod +http:.* +other +yes\n$/);
    expect(table.out + json.out).not.toContain('top-secret');
  });

  it('connects with the current context, or with another one once', async () => {
    const [one, other] = [newTenant(), newTenant()];
    await app.as(one).create({ name: 'of-one' });
    await app.as(other).create({ name: 'of-other' });
    await cli(['context', 'set', 'one', '--url', app.url, '--tenant', one]);
    await cli(['context', 'set', 'other', '--url', app.url, '--tenant', other]);
    const names = async (args: readonly string[], environment = {}) =>
      (await cli(['list', '-o', 'name', ...args], environment)).out.trim();
    expect(await names([])).toBe('of-one');
    expect(await names(['--context', 'other'])).toBe('of-other');
    expect(await names([], { UIM_COMPUTE_CONTEXT: 'other' })).toBe('of-other');
    expect(await names([], { UIM_COMPUTE_TENANT: other })).toBe('of-other');
    expect(await names(['--context', 'one'], { UIM_COMPUTE_TENANT: other })).toBe('of-one');
    expect(await names(['--context', 'one', '--tenant', other])).toBe('of-other');
    await cli(['context', 'use', 'other']);
    expect(await names([])).toBe('of-other');
    await cli(['context', 'delete', 'other']);
    expect(parseJson((await cli(['context', '-o', 'json'])).out)).toMatchObject({
      contexts: [{ name: 'one', isCurrent: false }],
    });
  });

  it('loses no context that another command saves at the same time', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `c${index}`);
    await Promise.all(names.map((name) => cli(['context', 'set', name, '--url', app.url])));
    expect((await cli(['context', '-o', 'name'])).out.trim().split('\n').sort()).toEqual(names);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('sends the tokens of a context to no other service', async () => {
    const proxy = await FaultInjectingProxy.before(app.url);
    try {
      await cli(['context', 'set', 'prod', '--url', app.url, '--tenant', 'acme', '--token', 'secret']);
      await cli(['list', '--url', proxy.url]);
      await cli(['list'], { UIM_COMPUTE_URL: proxy.url });
      expect(proxy.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
    } finally {
      proxy.close();
    }
  });

  it('saves options only, not environment variables, which may belong to another service', async () => {
    await cli(['context', 'set', 'prod', '--url', app.url, '--token', 'secret']);
    const environment = { UIM_COMPUTE_URL: 'http://127.0.0.1:9', UIM_COMPUTE_TOKEN: 'other' };
    await cli(['context', 'set', 'prod', '--tenant', 'acme'], environment);
    const saved = { url: app.url, tenant: 'acme', token: 'secret' };
    expect(parseJson(readFileSync(file, 'utf8'))).toMatchObject({ contexts: { prod: saved } });
  });

  it('does not put the file into the current directory if XDG_CONFIG_HOME is empty', async () => {
    const environment = { UIM_COMPUTE_CONFIG: '', XDG_CONFIG_HOME: '', HOME: directory };
    await cli(['context', 'set', 'prod', '--url', app.url], environment);
    expect(existsSync(join(directory, '.config', 'uim-compute', 'contexts.json'))).toBe(true);
  });

  it('says what is missing on the first errors', async () => {
    const tenantless = await cli(['list', '--url', app.url]);
    expect(tenantless.code).toBe(1);
    expect(tenantless.err).toContain(
      'Pass --tenant, set UIM_COMPUTE_TENANT, or save it: uim-compute context set',
    );
    const unknown = await cli(['list', '--context', 'prod']);
    expect(unknown).toEqual({ code: 2, out: '', err: 'error: no context is named prod\n' });
    const incomplete = await cli(['context', 'set', 'prod', '--tenant', 'acme']);
    expect(incomplete).toEqual({ code: 2, out: '', err: 'error: a new context needs --url\n' });
    const name = await cli(['context', 'set', '../x']);
    expect(name).toMatchObject({ code: 2, out: '' });
  });

  it('needs no valid address for commands that call no service', async () => {
    const environment = { UIM_COMPUTE_URL: 'garbage' };
    expect((await cli(['context'], environment)).code).toBe(0);
    const refused = await cli(['list'], environment);
    expect(refused.err).toBe('error: the URL of the service must look like http://localhost:8081\n');
    const secret = await cli(['list', '--url', 'http://me:secret@127.0.0.1:9']);
    expect([secret.code, secret.err.includes('secret')]).toEqual([2, false]);
  });

  it('refuses a file that it cannot read instead of replacing it', async () => {
    file = join(directory, 'contexts.json');
    for (const content of ['not JSON', '{"contexts":[]}', '{"contexts":{"a":{"url":1}}}']) {
      writeFileSync(file, content);
      const results = [await cli(['list']), await cli(['context', 'set', 'a', '--tenant', 'b'])];
      for (const { code, err } of results)
        expect([code, err]).toEqual([2, `error: ${file} is not a file of contexts; correct or remove it\n`]);
      expect(readFileSync(file, 'utf8')).toBe(content);
    }
  });
});
