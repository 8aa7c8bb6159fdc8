import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook as Verifier } from 'standardwebhooks';
import { startCli, type CliResult } from '../support/cli';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { FaultInjectingProxy } from '../support/fault-injecting-proxy';
import { newTenant, useApp } from '../support/use-app';
import { WebhookReceiver } from '../support/webhook-receiver';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describe('commands of uim-compute for webhooks', () => {
  const app = useApp({
    environment: {
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      WEBHOOK_RETRY_SECONDS: '0',
    },
  });
  const directory = mkdtempSync(join(tmpdir(), 'cli-webhooks-'));
  const secretFile = join(directory, 'secret');
  let receiver: WebhookReceiver;
  let tenant: Client;

  beforeAll(async () => {
    writeFileSync(secretFile, `${SECRET}\n`);
    receiver = await WebhookReceiver.start();
  });
  beforeEach(() => {
    tenant = app.as(newTenant());
    receiver.reset();
  });
  afterAll(async () => {
    rmSync(directory, { recursive: true });
    await receiver.stop();
  });

  const cli = (...args: readonly string[]): Promise<CliResult> =>
    startCli(app.url, tenant.tenantId, ['webhook', ...args]).result;
  const create = async (...args: readonly string[]): Promise<string> => {
    const { out } = await cli('create', receiver.url, '-o', 'name', ...args);
    return out.trim();
  };

  it('create, show, change and delete them', async () => {
    const created = await cli('create', receiver.url, '--type', 'create.*', '--type', 'delete.succeeded');
    const [, id = ''] = /^id +(\S+)$/m.exec(created.out) ?? [];
    expect(created.out).toMatch(/^secret +whsec_\S{44}$/m);
    const shown = await cli('get', id.slice(-8));
    expect(shown.out).toMatch(/^types +create\.\*, delete\.succeeded$/m);
    expect(shown.out).not.toContain('whsec_');
    const table = (types: string, status: string): RegExp =>
      new RegExp(
        `^ID +URL +TYPES +STATUS +PENDING\\n${id.slice(-8)} +${receiver.url} +${types} +${status} +0\\n$`,
      );
    expect((await cli()).out).toMatch(table('create\\.\\*,delete\\.succeeded', 'enabled'));
    const disabled = await cli('update', id.slice(0, 12), '--disable', '--type', '*');
    expect(disabled.out).toMatch(table('\\*', 'disabled'));
    expect((await cli('update', id, '--enable')).out).toMatch(table('\\*', 'enabled'));
    expect(await cli('delete', id)).toEqual({ code: 0, out: '', err: '' });
    expect((await cli('list', '-o', 'name')).out).toBe('');
  });

  it('create one, and show its secret, if the response is lost', async () => {
    const proxy = await FaultInjectingProxy.before(app.url);
    proxy.handler = (message, response) =>
      (proxy.seen.length === 1 ? proxy.cut : proxy.pass)(message, response);
    const args = ['webhooks', 'create', receiver.url, '--type', '*'];
    const { out } = await startCli(proxy.url, tenant.tenantId, args).result;
    expect(out).toMatch(/^secret +whsec_\S{44}$/m);
    expect(proxy.seen).toHaveLength(2);
    expect((await cli('list', '-o', 'name')).out.trim().split('\n')).toHaveLength(1);
    proxy.close();
  });

  it('show deliveries, and repeat one that is dead', async () => {
    const id = await create('--type', 'create.requested');
    receiver.behave = () => 503;
    await tenant.create();
    const list = await eventually(async () => {
      const { out } = await cli('deliveries', id, '--status', 'dead');
      expect(out).toMatch(/ create\.requested +dead +\d+s +the response has status 503\n$/);
      return out;
    });
    const [, deliveryId = ''] = /\n([0-9a-f-]{36}) /.exec(list) ?? [];
    receiver.reset();
    expect((await cli('redeliver', id, deliveryId)).out).toMatch(new RegExp(`^${deliveryId} `, 'm'));
    await eventually(() => expect(receiver.received).toHaveLength(1));
    await eventually(async () =>
      expect((await cli('deliveries', id, '-o', 'wide')).out).toMatch(/ succeeded +1 +\d+s +204\n$/),
    );
  });

  it('use the secret of a file and another URL', async () => {
    const id = await create('--type', '*', '--secret-file', secretFile);
    const other = await WebhookReceiver.start();
    await cli('update', id, '--target', other.url);
    await tenant.create();
    await eventually(() => expect(other.received.length).toBeGreaterThan(0));
    const [{ headers, body } = { headers: {}, body: '' }] = other.received;
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(() => new Verifier(SECRET).verify(body, signed)).not.toThrow();
    await other.stop();
  });

  it.each([
    { args: ['create', 'https://203.0.114.7/'], code: 2, message: "required option '--type <type>'" },
    { args: ['create', 'https://10.0.0.1/', '--type', '*'], code: 1, message: 'webhook_target_refused' },
    {
      args: ['create', 'https://203.0.114.7/', '--type', '*', '--secret-file', '/missing'],
      code: 2,
      message: 'cannot read /missing',
    },
    { args: ['update', 'abcd'], code: 2, message: 'nothing to change' },
    { args: ['update', 'abcd', '--enable', '--disable'], code: 2, message: 'cannot be used with' },
    { args: ['get', 'abcd'], code: 3, message: 'To list webhooks: uim-compute webhooks' },
    {
      args: ['delete', '019342d0-3f7c-7b20-a7c1-5d0f2e8b9a11'],
      code: 3,
      message: 'To list webhooks: uim-compute webhooks',
    },
  ])('refuse $args with exit code $code', async ({ args, code, message }) => {
    const result = await cli(...args);
    expect(result).toMatchObject({ code, out: '' });
    expect(result.err).toContain(message);
  });

  it('refuse part of an ID that several webhooks have', async () => {
    const [first, second] = [await create('--type', '*'), await create('--type', '*')];
    // Both begin with the time of their creation.
    const common = first.slice(0, 4);
    expect(second.slice(0, 4)).toBe(common);
    const { code, err } = await cli('delete', common);
    expect({ code, err }).toEqual({
      code: 2,
      err: `error: several webhooks match ${common}; pass more of the ID\n`,
    });
  });
});
