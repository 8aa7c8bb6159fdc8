import type { Instance } from '../../src/compute/instances';
import { startCli, type CliResult } from '../support/cli';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { parseJson } from '../support/json';
import { newTenant, useApp } from '../support/use-app';

const OPERATOR = { UIM_COMPUTE_TOKEN: 'operators' };

describe('uim-compute list', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'operators' } });
  let tenant: Client;
  const cli = (
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<CliResult> => startCli(app.url, tenant.tenantId, args, environment).result;
  const linesOf = ({ code, err, out }: CliResult): readonly string[] => {
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return out.trimEnd().split('\n');
  };

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  it('prints no escape sequences of names, whatever the format', async () => {
    await tenant.create({ name: 'a\u001b[2J\u009b31mb' });
    for (const format of ['table', 'wide', 'name', 'json', 'yaml']) {
      const { out } = await cli(['list', '-o', format]);
      const control = Array.from(out).filter((character) => /[^\P{Cc}\n]/u.test(character));
      expect(control).toEqual([]);
    }
  });

  it('prints everything to a pipe, and more columns if asked for', async () => {
    const name = 'n'.repeat(200);
    const { id } = await tenant.create({ name, metadata: { role: 'web' } });
    expect(linesOf(await cli(['list'], { COLUMNS: '80' }))[1]).toContain(name);
    const [titles, row] = linesOf(await cli(['list', '-o', 'wide']));
    expect(titles).toMatch(
      /^ID +NAME +TYPE +FLAVOR +STATUS +PORTS +AGE +IMAGE +NETWORKS +VOLUMES +METADATA$/,
    );
    expect(row).toMatch(new RegExp(`^${id} .* role=web$`));
  });

  it('shows chosen columns in a chosen order', async () => {
    for (const [name, flavor] of [
      ['b', 'small'],
      ['c', 'medium'],
      ['a', 'large'],
    ] as const)
      await tenant.create({ name, flavor });
    const shown = ['list', '--columns', 'name,flavor'];
    expect(linesOf(await cli([...shown, '--sort', 'name']))).toEqual([
      'NAME  FLAVOR',
      'a     large',
      'b     small',
      'c     medium',
    ]);
    expect(linesOf(await cli([...shown, '--sort', '-flavor', '--limit', '1']))).toEqual([
      'NAME  FLAVOR',
      'b     small',
    ]);
    expect(linesOf(await cli([...shown, '--no-header', '--name', 'a']))).toEqual(['a  large']);
    const names = (sort: string) => cli(['list', '-o', 'name', '--sort', sort]).then(linesOf);
    expect([await names('created'), await names('-name')]).toEqual([
      ['b', 'c', 'a'],
      ['c', 'b', 'a'],
    ]);
    const unknown = await cli(['list', '--columns', 'name,flavour']);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('Columns are id, short, name,');
  });

  it('prints only IDs, only names, or YAML', async () => {
    const { id } = await tenant.create({ name: 'web' });
    expect(linesOf(await cli(['list', '-q']))).toEqual([id]);
    expect(linesOf(await cli(['list', '-o', 'name']))).toEqual(['web']);
    expect((await cli(['get', 'web', '-o', 'yaml'])).out).toMatch(
      new RegExp(`^id: ${id}\\nname: web\\n[^]*metadata: \\{\\}\\n`),
    );
  });

  it('filters by metadata', async () => {
    await tenant.create({ name: 'web', metadata: { role: 'web', tier: '1' } });
    await tenant.create({ name: 'db', metadata: { role: 'db', tier: '1' } });
    const filter = ['--metadata', 'tier=1', '--metadata', 'role=db'];
    expect(linesOf(await cli(['list', '-o', 'name', ...filter]))).toEqual(['db']);
  });

  it('updates the list on every change until interrupted', async () => {
    const { id } = await tenant.createRunning();
    const { child, printed, result } = startCli(app.url, tenant.tenantId, [
      ...['list', '--watch', '--columns', 'status'],
    ]);
    await eventually(() => expect(printed()).toContain('running'), { withinMs: 20_000 });
    await tenant.post(`/instances/${id}/stop`);
    await eventually(() => expect(printed()).toContain('stopped'), { withinMs: 20_000 });
    child.kill('SIGINT');
    expect(await result).toMatchObject({ code: 130, err: '' });
  });

  it('lists all tenants for operators only, and names the tenants', async () => {
    const other = app.as(newTenant());
    await tenant.create({ name: 'mine' });
    await other.create({ name: 'theirs' });
    const [titles, ...rows] = linesOf(await cli(['list', '--all-tenants'], OPERATOR));
    expect(titles).toMatch(/^ID +TENANT +NAME /);
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.stringMatching(new RegExp(` ${tenant.tenantId} +mine `)),
        expect.stringMatching(new RegExp(` ${other.tenantId} +theirs `)),
      ]),
    );
    expect(await cli(['list', '--all-tenants', '--watch'], OPERATOR)).toMatchObject({ code: 2, out: '' });
    const refused = await cli(['list', '--all-tenants', '-o', 'json']);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(parseJson(refused.err)).toMatchObject({ status: 403, code: 'operator_required' });
  });
});

describe('uim-compute commands that take instances', () => {
  const app = useApp();
  let tenant: Client;
  const cli = (...args: readonly string[]): Promise<CliResult> =>
    startCli(app.url, tenant.tenantId, args).result;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  it('find them by name, by ID, and by the start or end of an ID', async () => {
    const { id } = await tenant.createRunning({ name: 'web' });
    for (const text of ['web', id, id.toUpperCase(), id.slice(-8), id.slice(0, 13)])
      expect((await cli('get', text, '-o', 'name')).out).toBe('web\n');
  });

  it('refuse a name that is also a part of the ID of another instance', async () => {
    const first = await tenant.create({ name: 'first' });
    await tenant.create({ name: first.id.slice(-8) });
    const { code, err } = await cli('delete', first.id.slice(-8), '--force');
    expect(code).toBe(2);
    expect(err).toContain(`${first.id.slice(-8)} (first, `);
    expect((await cli('list', '-q')).out).toContain(first.id);
  });

  it('never find an instance of another tenant', async () => {
    const foreign = await app.as(newTenant()).create({ name: 'foreign' });
    for (const text of ['foreign', foreign.id.slice(-8)])
      expect(await cli('delete', text)).toMatchObject({ code: 3, out: '' });
  });

  it.each([
    ['list', '--watch', '--metadata', '__proto__=x'],
    ['events', '00000000-0000-7000-8000-000000000000', '--follow'],
  ])('end with the error of a refusal although a stream is open: %s %s', async (...args) => {
    const { code, out, err } = await cli(...args);
    expect(code).toBeGreaterThan(0);
    expect(out).toBe('');
    expect(err).toMatch(/^error: /);
  });

  it('list what matches if several do, and change nothing', async () => {
    const ids = [];
    for (const name of ['web', 'web', 'db']) ids.push((await tenant.createStopped({ name })).id);
    const { code, out, err } = await cli('delete', 'db', 'web');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: several instances match web; pass an ID: /);
    for (const id of ids.slice(0, 2)) expect(err).toContain(id.slice(-8));
    expect((await tenant.get<{ instances: unknown[] }>('/instances')).body.instances).toHaveLength(3);
  });

  it('act on several, and report each failure with its instance', async () => {
    const names = ['a', 'b', 'c'];
    for (const name of names) await tenant.createStopped({ name });
    expect(await cli('start', 'a', 'a')).toMatchObject({ code: 0, err: '' });
    const partly = await cli('start', 'a', 'b', '-o', 'json');
    expect(partly.code).toBe(1);
    expect(parseJson<{ instances: Instance[] }>(partly.out).instances.map(({ name }) => name)).toEqual(['b']);
    await cli('stop', 'b');
    const { code, out, err } = await cli('delete', ...names);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^error: a: Cannot delete running instance\nStop it first, or pass --force.\n.*\n$/);
    expect((await cli('list', '-o', 'name')).out).toBe('a\n');
    expect(await cli('delete', 'a', '--force', '--wait')).toEqual({ code: 0, out: '', err: '' });
  });

  it('restart a running instance, which the API refuses', async () => {
    const { id } = await tenant.createRunning({ name: 'web' });
    expect(await cli('restart', 'web', '--wait', '-o', 'name')).toEqual({ code: 0, out: 'web\n', err: '' });
    const types = (await tenant.operationsOf(id)).map(({ type }) => type);
    expect(types).toEqual(['restart', 'stop', 'create']);
  });

  it('refuse names that are too many, and say what may have been meant', async () => {
    const { code, err } = await cli('create', 'a', 'b', '--flavor', 'small');
    expect(code).toBe(2);
    expect(err).toMatch(/^error: unexpected arguments: b. The command of a container follows -- /);
    expect((await cli('list', '-q')).out).toBe('');
  });

  it('check a change without making it', async () => {
    await tenant.createRunning({ name: 'web' });
    const stop = await cli('stop', 'web', '--dry-run');
    expect(stop.out).toMatch(
      /^NAME +ACTION +RESULT +QUOTA LEFT\nweb +stop +possible, would become stopped +-\n$/,
    );
    const start = await cli('start', 'web', '--dry-run');
    expect(start).toMatchObject({ code: 1, out: '' });
    expect(start.err).toMatch(/^error: Instance is not stopped\n/);
    const many = await cli('create', 'x', '--flavor', 'small', '--count', '2', '--dry-run', '-o', 'name');
    expect(many.out).toBe('x-1\nx-2\n');
    expect((await cli('list', '-o', 'name')).out).toBe('web\n');
  });

  it('wait for a status, and say how to wait again', async () => {
    await tenant.createRunning({ name: 'web' });
    expect((await cli('wait', 'web', '-o', 'name')).out).toBe('web\n');
    const late = await cli('wait', 'web', '--for', 'stopped', '--timeout', '1');
    expect(late.code).toBe(5);
    expect(late.err).toMatch(/\nTo wait again: uim-compute wait [0-9a-f-]{36} --for stopped\n$/);
  });

  it('print problems as JSON on standard error if the output is JSON', async () => {
    const [refused, missing, unreachable] = await Promise.all([
      cli('create', 'x', '--flavor', 'tiny', '-o', 'json'),
      cli('get', 'nothing', '-o', 'json'),
      startCli('http://127.0.0.1:9', 'acme', ['list', '-o', 'json']).result,
    ]);
    expect(parseJson(refused.err)).toMatchObject({ code: 'invalid_flavor', status: 400 });
    expect(parseJson(missing.err)).toMatchObject({ code: 'not_found', exitCode: 3 });
    expect(parseJson(unreachable.err)).toMatchObject({ code: 'unreachable', exitCode: 4 });
    expect([refused, missing, unreachable].map(({ out }) => out)).toEqual(['', '', '']);
  });
});
