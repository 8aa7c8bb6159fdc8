import { Logger } from '@nestjs/common';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { newId } from '../../platform/values/uuid';
import { Clock } from '../../platform/async/clock';
import '../../../test/support/mute-log';
import { NO_GUEST, UNDO_BUDGET_MS, type DriverCall } from '../port/driver-call';
import { DockerDriver } from './docker.driver';
import { DockerConfig } from './docker.config';

const AN_ERROR: unknown = expect.any(Error);

const LEASE_LOST = Object.assign(new Error('interrupted'), { isLeaseLost: true });
const MADE = 'made-by-this-call';
const DEPLOYMENT = 'default';

/** An engine that can delay a response until after the abort, or forever. */
class SlowEngine {
  readonly asked: string[] = [];
  private readonly answers = new Map<string, readonly [number, unknown]>();
  private readonly waiting = new Map<string, (response: ServerResponse) => void>();
  readonly server = createServer((request, response) => {
    const asked = `${request.method ?? ''} ${(request.url ?? '').replace(/\?.*/, '')}`;
    this.asked.push(asked);
    const held = [...this.waiting].find(([end]) => asked.endsWith(end));
    if (held) {
      this.waiting.delete(held[0]);
      held[1](response);
      return;
    }
    const [status, body] = [...this.answers].find(([end]) => asked.endsWith(end))?.[1] ?? [200, []];
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');

  answering(end: string, status: number, body: unknown): this {
    this.answers.set(end, [status, body]);
    return this;
  }

  /** Resolves with the pending response once the request arrives. */
  holding(end: string): Promise<ServerResponse> {
    return new Promise((resolve) => this.waiting.set(end, resolve));
  }

  get removals(): readonly string[] {
    return this.asked.filter((each) => /^DELETE \/containers|kill$/.test(each));
  }

  async driver(): Promise<DockerDriver> {
    if (!this.server.listening) await once(this.server, 'listening');
    const bound = this.server.address();
    if (bound === null || typeof bound === 'string') throw new Error('the engine does not listen');
    const { port } = bound;
    const docker = new DockerConfig({ DOCKER_HOST: `tcp://127.0.0.1:${port}` });
    return new DockerDriver(docker, DEPLOYMENT, new Clock());
  }
}

describe('an abort during an engine call', () => {
  let engine: SlowEngine;
  let stopping: AbortController;
  let call: DriverCall;
  let driver: DockerDriver;

  beforeEach(async () => {
    engine = new SlowEngine()
      .answering('GET /info', 200, { ID: 'e', Driver: 'overlay2', NCPU: 1, DriverStatus: [] })
      .answering('POST /networks/create', 201, { Id: 'n' })
      .answering('POST /containers/create', 201, { Id: MADE });
    driver = await engine.driver();
    stopping = new AbortController();
    call = {
      instance: {
        id: newId(),
        tenantId: 't',
        name: 'n',
        type: 'container',
        flavor: { name: 'f', vcpus: 1, ramGB: 1, diskGB: 1, gpus: 0 },
        imageId: 'busybox',
        image: null,
        guest: NO_GUEST,
        networkIds: [],
        volumeIds: [],
        metadata: {},
      },
      handle: null,
      purpose: 'create',
      imageCheck: null,
      progress: () => undefined,
      signal: stopping.signal,
    };
  });
  afterEach(() => {
    engine.server.closeAllConnections();
    engine.server.close();
  });

  /** Simulates an existing container of the instance that does not run. */
  const hasContainer = (): void => {
    engine.answering(`uim-${call.instance.id}/json`, 200, {
      Id: 'found',
      State: { Running: false, Status: 'created' },
      Config: { Labels: { 'uim.deployment': DEPLOYMENT, 'uim.instance-id': call.instance.id } },
    });
  };

  const abandoned = async (begun: Promise<unknown>, reason: Error): Promise<number> => {
    const rejected = expect(begun).rejects.toThrow();
    const at = performance.now();
    stopping.abort(reason);
    await rejected;
    return performance.now() - at;
  };

  it('removes the container that the call created, by its id', async () => {
    const held = engine.holding('/start');
    const creating = driver.create(call);
    const response = await held;
    setTimeout(() => response.writeHead(204).end(), 50);
    await abandoned(creating, new Error('timeout'));
    expect(engine.removals).toEqual([`DELETE /containers/${MADE}`]);
  });

  it('removes a network once its pending creation completes', async () => {
    const held = engine.holding('/networks/create');
    const creating = driver.create(call);
    const response = await held;
    setTimeout(() => {
      engine.asked.push('made');
      response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"Id":"n"}');
    }, 50);
    await abandoned(creating, new Error('timeout'));
    const steps = engine.asked.filter((each) => /^made|^POST|^DELETE/.test(each));
    expect(steps.map((each) => each.replace(/\/uim-.*/, ''))).toEqual([
      'POST /networks/create',
      'made',
      'DELETE /networks',
    ]);
  });

  it('logs a failed cleanup with the reason', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    engine.answering(`DELETE /containers/${MADE}`, 500, { message: 'device busy' });
    const held = engine.holding('/start');
    const creating = driver.create(call);
    await held;
    await abandoned(creating, new Error('timeout'));
    expect(warned).toHaveBeenCalledWith(
      expect.objectContaining({ instanceId: call.instance.id, err: AN_ERROR }),
      expect.stringContaining('failed to remove the container'),
    );
    warned.mockRestore();
  });

  it('rejects within the budget if the engine never responds', async () => {
    const held = engine.holding('/start');
    void engine.holding(`DELETE /containers/${MADE}`);
    const creating = driver.create(call);
    await held;
    const ms = await abandoned(creating, new Error('timeout'));
    expect(ms).toBeLessThan(UNDO_BUDGET_MS + 250);
    expect(engine.removals).toEqual([`DELETE /containers/${MADE}`]);
  });

  it('keeps an existing container, even one that it was starting', async () => {
    engine.answering('POST /containers/create', 409, {
      message: 'Conflict. The container name "/x" is already in use by container "y".',
    });
    hasContainer();
    const held = engine.holding('/start');
    const creating = driver.create(call);
    const response = await held;
    setTimeout(() => response.writeHead(204).end(), 50);
    await abandoned(creating, new Error('timeout'));
    expect(engine.removals).toEqual([]);
  });

  it.each(['/networks/create', '/containers/create', '/start'])(
    'leaves everything in place after a hand-over during %s',
    async (at) => {
      const held = engine.holding(at);
      const creating = driver.create(call);
      await held;
      expect(await abandoned(creating, LEASE_LOST)).toBeLessThan(1000);
      expect(engine.removals).toEqual([]);
      expect(engine.asked.filter((each) => each.startsWith('DELETE'))).toEqual([]);
    },
  );

  it.each([
    ['a time-out', new Error('timeout'), 1],
    ['a hand-over', LEASE_LOST, 0],
  ])('after %s, stops a container that was being started or leaves it', async (_, reason, kills) => {
    hasContainer();
    const held = engine.holding('/start');
    const starting = driver.start({ ...call, purpose: 'start' });
    const response = await held;
    setTimeout(() => response.writeHead(204).end(), 50);
    await abandoned(starting, reason);
    expect(engine.removals.length).toBe(kills);
  });
});
