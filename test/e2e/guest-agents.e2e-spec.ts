import { Clock } from '../../src/platform/async/clock';
import { Database } from '../../src/platform/database';
import type { Abilities, CommandOutput, DriverCall, DriverResult } from '../../src/drivers';
import type { Exec } from '../../src/drivers/port/sessions';
import { UNBOUNDED } from '../../src/drivers/port/resources';
import { probesFor } from '../../src/drivers/qemu/abilities/readiness';
import { whyNoAgent, WITH_AGENT } from '../../src/drivers/qemu/agent/guest-agents';
import { SimulatedDriver } from '../../src/drivers/simulated/simulated.driver';
import { having } from '../contract/driver-core';
import { CatalogDirectory } from '../support/catalog';
import type { Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { createSession, SessionClient } from '../support/session-client';
import { newTenant, useApp } from '../support/use-app';

const UNKNOWN = { vcpus: UNBOUNDED, ramGB: UNBOUNDED, diskGB: UNBOUNDED, gpus: UNBOUNDED };
const INSTANT = { provisionDelayMs: 0, restartDelayMs: 0, capacity: UNKNOWN };
const REFUSED = { status: 409, code: 'not_supported_by_engine' };
const EXEC = { kind: 'exec', command: ['echo', 'hello'] };
const READINESS = { kind: 'exec', command: ['true'] };

/** Simulated machines in which commands run under the rules of QEMU: if their image has a guest agent. */
class AgentDriver extends SimulatedDriver {
  constructor() {
    super(INSTANT, new Clock());
    const abilities: Abilities = {
      ...{ serial: having(this, 'serial'), rebuild: having(this, 'rebuild') },
      exec: { ...having(this, 'exec'), whyNot: whyNoAgent },
      readiness: { ...having(this, 'readiness'), kindsFor: probesFor },
    };
    Object.defineProperty(this, 'abilities', { value: abilities });
    Object.defineProperty(this, 'kind', { value: 'qemu' });
    Object.defineProperty(this, 'capabilities', { value: { types: ['vm'], images: 'cataloged' } });
  }

  override async create(call: DriverCall): Promise<DriverResult> {
    const { handle, ...result } = await super.create(call);
    const { image } = call.instance;
    const hasAgent = image?.kind === 'kernel' && image.guestAgent;
    return { ...result, handle: { ...handle, data: { ...handle.data, ...(hasAgent && WITH_AGENT) } } };
  }
}

/** Shows every 200 ms that a command still runs. */
async function* showingActivity(
  output: AsyncIterable<CommandOutput>,
  signal: AbortSignal,
  onActivity: () => void,
): AsyncGenerator<CommandOutput> {
  const parts: AsyncIterator<CommandOutput, unknown> = output[Symbol.asyncIterator]();
  for (;;) {
    const next = parts.next();
    const looks = (): Promise<boolean> =>
      Promise.race([next.then(() => true), new Clock().wait(200, signal).then(() => false)]);
    while (!(await looks())) {
      yield { stream: 'stdout', data: Buffer.alloc(0) };
      onActivity();
    }
    const { done, value } = await next;
    if (done === true) return;
    yield value;
  }
}

const SOURCES = { kernel: { file: '/boot/vmlinuz' } };

/** Keeps the whole process busy, like a long garbage collection or a machine with too little processor time. */
function block(ms: number): void {
  const endsAt = performance.now() + ms;
  while (performance.now() < endsAt);
}

describe('the session of a command without output', () => {
  let onActivity = (): void => undefined;
  class ActiveDriver extends SimulatedDriver {
    constructor() {
      super(INSTANT, new Clock());
      const inner = having(this, 'exec');
      const exec: Exec = {
        start: async (call, command) => {
          const running = await inner.start(call, command);
          const output = showingActivity(running.output, call.signal, () => onActivity());
          return Object.assign(running, { output });
        },
      };
      Object.defineProperty(this, 'abilities', { value: { exec } });
    }
  }
  const app = useApp({
    environment: { SESSION_IDLE_SECONDS: '1' },
    engines: () => ({ vm: new ActiveDriver(), container: new ActiveDriver() }),
  });

  it('is not idle while its engine shows that it runs, which the client does not see', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const session = await createSession(tenant, id, { kind: 'exec', command: ['sleep', '2'] });
    const client = await SessionClient.connect(session);
    const messages: unknown[] = [];
    client.socket.on('message', (data) => messages.push(data));
    expect(await client.closed).toMatchObject({ code: 1000, reason: 'exit code 0' });
    expect(messages).toHaveLength(1);
  });

  it('is not idle because the service itself was busy for longer than a session may be idle', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const session = await createSession(tenant, id, { kind: 'exec', command: ['sleep', '3'] });
    let count = 0;
    onActivity = () => {
      if (++count === 4) block(1500);
    };
    const client = await SessionClient.connect(session);
    expect(await client.closed).toMatchObject({ code: 1000, reason: 'exit code 0' });
    expect(count).toBeGreaterThan(4);
  });
});

describe('an engine that runs commands only in guests with an agent', () => {
  const catalog = new CatalogDirectory([
    { id: 'with', qemu: { ...SOURCES, guestAgent: true } },
    { id: 'without', qemu: SOURCES },
  ]);
  const app = useApp({
    environment: { IMAGES_FILE: catalog.file },
    engines: () => ({ vm: new AgentDriver(), container: new SimulatedDriver(INSTANT, new Clock()) }),
  });
  let tenant: Client;
  afterAll(() => catalog.remove());
  beforeEach(() => {
    tenant = app.as(newTenant());
  });
  const abilitiesOf = async (id: string): Promise<readonly string[]> => (await tenant.details(id)).abilities;
  const storedSessions = (): Promise<readonly object[]> =>
    app.running.app.get(Database).query<object>({
      name: 'sessions of a tenant',
      text: 'SELECT id FROM console_sessions WHERE tenant_id = $1',
      values: [tenant.tenantId],
    });

  it('runs them in an instance whose abilities show it', async () => {
    const { id } = await tenant.createRunning({ imageId: 'with' });
    expect(await abilitiesOf(id)).toContain('exec');
    const client = await SessionClient.connect(await createSession(tenant, id, EXEC));
    client.closeStdin();
    expect(await client.closed).toMatchObject({ code: 1000, reason: 'exit code 0' });
    expect(client.stdout).toBe('hello\n');
  });

  it('refuses them in one whose image has no agent, with the reason, and stores no session', async () => {
    const { id } = await tenant.createRunning({ imageId: 'without' });
    expect(await abilitiesOf(id)).toEqual(expect.arrayContaining(['serial', 'readiness']));
    expect(await abilitiesOf(id)).not.toContain('exec');
    const answer = await tenant.post(`/instances/${id}/console-sessions`, EXEC);
    const detail =
      "The engine qemu cannot run commands in this instance: its image does not declare QEMU's guest agent " +
      '(guestAgent), or it was started before the image did: rebuild it, or stop and start it';
    expectProblem(answer, { ...REFUSED, detail });
    expect(await storedSessions()).toEqual([]);
  });

  it('refuses them in an instance that does not run because of that, whatever its image', async () => {
    const { id } = await tenant.createRunning({ imageId: 'without' });
    await tenant.post(`/instances/${id}/stop`);
    await tenant.reaches(id, 'stopped');
    const answer = await tenant.post(`/instances/${id}/console-sessions`, EXEC);
    expectProblem(answer, { status: 400, code: 'instance_not_running' });
  });

  it('refuses commands with a terminal, which no instance can have, and stores no session', async () => {
    const { id } = await tenant.createRunning({ imageId: 'with' });
    expect(await abilitiesOf(id)).not.toContain('terminal');
    const answer = await tenant.post(`/instances/${id}/console-sessions`, { ...EXEC, tty: true });
    const detail = 'The engine qemu cannot open exec sessions with a terminal in instances';
    expectProblem(answer, { ...REFUSED, detail });
    expect(await storedSessions()).toEqual([]);
  });

  it('shows the abilities of the new image after a rebuild', async () => {
    const { id } = await tenant.createRunning({ imageId: 'with' });
    await tenant.post(`/instances/${id}/rebuild`, { imageId: 'without' });
    expect(await abilitiesOf(id)).not.toContain('exec');
    await tenant.post(`/instances/${id}/rebuild`, { imageId: 'with' });
    expect(await abilitiesOf(id)).toContain('exec');
  });

  it('probes readiness with a command only if the image has an agent', async () => {
    await tenant.createRunning({ imageId: 'with', readiness: READINESS });
    const request = { name: 'a', flavor: 'small', type: 'vm', imageId: 'without', readiness: READINESS };
    const detail =
      'The engine qemu does not support exec probes of this image; it supports: port, http, serial';
    for (const query of ['', '?dryRun=true'])
      expectProblem(await tenant.post(`/instances${query}`, request), { ...REFUSED, detail });
  });

  it('refuses to rebuild an instance with an image that cannot be probed, and changes nothing', async () => {
    const { id } = await tenant.createRunning({ imageId: 'with', readiness: READINESS });
    await tenant.reaches(id, 'running');
    expectProblem(await tenant.post(`/instances/${id}/rebuild`, { imageId: 'without' }), REFUSED);
    expect((await tenant.details(id)).imageId).toBe('with');
    expect((await tenant.operationsOf(id)).map(({ type }) => type)).toEqual(['create']);
  });
});
