import { Database } from '../../src/platform/database';
import type { Client } from '../support/client';
import { newTenant, useApp } from '../support/use-app';

describe('a request for a console or exec session', () => {
  const app = useApp();
  let tenant: Client;
  let instanceId: string;
  beforeEach(async () => {
    tenant = app.as(newTenant());
    ({ id: instanceId } = await tenant.createRunning());
  });
  const query = (text: string, ...values: readonly unknown[]) =>
    app.running.app.get(Database).query<Record<string, unknown>>({ name: '', text, values });

  it.each([
    ['no kind', {}],
    ['an unknown kind', { kind: 'ssh' }],
    ['no command', { kind: 'exec' }],
    ['an empty command', { kind: 'exec', command: [] }],
    ['a command of 100 KB', { kind: 'exec', command: ['x'.repeat(100_000)] }],
    ['a command of many words', { kind: 'exec', command: Array.from({ length: 65 }, () => 'x') }],
    ['a command for a console', { kind: 'serial', command: ['sh'] }],
    ['an environment of 1 MB', { kind: 'exec', command: ['x'], env: { A: 'x'.repeat(1_000_000) } }],
    ['a name with =', { kind: 'exec', command: ['x'], env: { 'A=B': 'x' } }],
    ['an empty name', { kind: 'exec', command: ['x'], env: { '': 'x' } }],
    ['a NUL', { kind: 'exec', command: ['x\u0000'] }],
    ['width 0', { kind: 'exec', command: ['x'], tty: true, width: 0 }],
    ['a width without a terminal', { kind: 'exec', command: ['x'], width: 80 }],
    ['a fraction', { kind: 'exec', command: ['x'], tty: true, height: 1.5 }],
    ['an unknown member', { kind: 'serial', user: 'root' }],
  ])('refuses %s', async (_, request) => {
    const { status, body } = await tenant.post<{ code: string }>(
      `/instances/${instanceId}/console-sessions`,
      request,
    );
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(await query('SELECT id FROM console_sessions WHERE tenant_id = $1', tenant.tenantId)).toEqual([]);
  });

  it('refuses an environment of 10 MB as too large a body', async () => {
    const request = { kind: 'exec', command: ['x'], env: { A: 'x'.repeat(10_000_000) } };
    const { status, body } = await tenant.post<{ code: string }>(
      `/instances/${instanceId}/console-sessions`,
      request,
    );
    expect([status, body.code]).toEqual([413, 'body_too_large']);
  });

  it('refuses idempotency keys and dry runs', async () => {
    const path = `/instances/${instanceId}/console-sessions`;
    const keyed = await tenant.post<{ code: string }>(path, { kind: 'serial' }, { 'Idempotency-Key': 'k' });
    expect(keyed.body.code).toBe('idempotency_key_unsupported');
    const dry = await tenant.post<{ code: string }>(path, { kind: 'serial' }, { Prefer: 'dry-run' });
    expect(dry.body.code).toBe('dry_run_unsupported');
  });
});
