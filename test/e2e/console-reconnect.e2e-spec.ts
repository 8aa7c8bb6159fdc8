import { EventEmitter } from 'node:events';
import { ComputeClient } from '../../packages/client/src';
import type { DriverCall } from '../../src/drivers';
import { Clock } from '../../src/platform/async/clock';
import { SimulatedDriver } from '../../src/drivers/simulated/simulated.driver';
import { servedBy } from '../support/app';
import { startCli } from '../support/cli';
import { eventually } from '../support/eventually';
import { newTenant, useApp } from '../support/use-app';

const SOON = { withinMs: 60_000 };

/** An engine whose instances all print the lines given to `print`. */
class PrintingDriver extends SimulatedDriver {
  readonly lines: string[] = [];
  /** Whether all guests have ended. */
  hasEnded = false;
  private readonly changes = new EventEmitter<{ printed: [] }>().setMaxListeners(0);

  constructor() {
    const capacity = { vcpus: -1, ramGB: -1, diskGB: -1, gpus: -1 };
    super({ provisionDelayMs: 0, restartDelayMs: 0, capacity }, new Clock());
  }

  print(...lines: readonly string[]): void {
    this.lines.push(...lines);
    this.changes.emit('printed');
  }

  override tail(_: DriverCall, count: number): Promise<readonly string[]> {
    return Promise.resolve(this.lines.slice(-count));
  }

  override async *follow(call: DriverCall, count: number, ended = call.signal): AsyncGenerator<string> {
    const { signal, handle } = call;
    const isRunning = handle?.data['power'] === 'running';
    let next = Math.max(0, this.lines.length - count);
    while (!signal.aborted && !ended.aborted) {
      const line = this.lines[next];
      if (line === undefined) {
        if (this.hasEnded || !isRunning) return;
        await this.change([signal, ended]);
      } else {
        next++;
        yield line;
      }
    }
  }

  private async change(signals: readonly AbortSignal[]): Promise<void> {
    await new Promise<void>((resolve) => {
      this.changes.once('printed', resolve);
      for (const signal of signals) signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

describe('a followed console with limited stream duration', () => {
  const driver = new PrintingDriver();
  const app = useApp({ environment: { EVENT_STREAM_MAX_SECONDS: '1' }, engines: () => servedBy(driver) });
  beforeEach(() => {
    driver.lines.length = 0;
  });

  it('continues across reconnects without losing or repeating lines, until the instance is deleted', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    driver.print('first', 'same', 'same');
    const seen: string[] = [];
    const connections = { opened: 0, gaps: 0 };
    const follow = async (): Promise<void> => {
      const stream = new ComputeClient({ baseUrl: app.url, tenantId: tenant.tenantId }).followConsole(id, {
        onOpen: () => driver.print(`connection ${++connections.opened}`),
        onLost: () => driver.print('printed while nobody listens', 'same'),
        onGap: () => connections.gaps++,
      });
      for await (const line of stream) seen.push(line);
    };
    const following = follow();
    await eventually(() => expect(connections.opened).toBe(4), SOON);
    await eventually(() => expect(seen).toContain('connection 4'), SOON);
    const printed = driver.lines.slice(0, driver.lines.indexOf('connection 4'));
    expect(seen.slice(0, printed.length)).toEqual(printed);
    expect(connections.gaps).toBe(0);
    await tenant.delete(`/instances/${id}?force=true`);
    await following;
  });

  /** Follows from the last line across one reconnect. Returns the next `count` lines and the number of gaps. */
  async function afterReconnect(
    count: number,
    whileAway: () => void,
  ): Promise<readonly [readonly string[], number]> {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    driver.print('earlier', 'first');
    const aborting = new AbortController();
    const calls = { lost: 0, gaps: 0 };
    const stream = new ComputeClient({ baseUrl: app.url, tenantId: tenant.tenantId }).followConsole(id, {
      lines: 1,
      signal: aborting.signal,
      onLost: () => {
        if (++calls.lost === 1) whileAway();
      },
      onGap: () => calls.gaps++,
    });
    expect((await stream.next()).value).toBe('first');
    const seen: string[] = [];
    while (seen.length < count) seen.push(String((await stream.next()).value));
    aborting.abort();
    expect((await stream.next()).done).toBe(true);
    return [seen, calls.gaps];
  }

  const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index}`);

  it('loses no line if more were printed during a reconnect than were received before', async () => {
    const printed = numbered(200);
    const [seen, gaps] = await afterReconnect(200, () => driver.print(...printed));
    expect(seen).toEqual(printed);
    expect(gaps).toBe(0);
  });

  it('reports a gap if more lines were printed during a reconnect than the service resends', async () => {
    const printed = numbered(1001);
    const [seen, gaps] = await afterReconnect(1000, () => driver.print(...printed));
    expect(seen).toEqual(printed.slice(1));
    expect(gaps).toBe(1);
  });

  it('reports a gap and continues at once if the console was cleared during a reconnect', async () => {
    const [seen, gaps] = await afterReconnect(1, () => {
      driver.lines.length = 0;
      driver.print('new');
    });
    expect(seen).toEqual(['new']);
    expect(gaps).toBe(1);
  });

  it('is followed by the CLI until the instance stops', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    driver.print('first', 'second');
    const cli = startCli(app.url, tenant.tenantId, ['console', id, '--follow']);
    await eventually(() => expect(cli.printed()).toBe('first\nsecond\n'), SOON);
    driver.print('third');
    await eventually(() => expect(cli.printed()).toBe('first\nsecond\nthird\n'), SOON);
    await tenant.post(`/instances/${id}/stop`);
    expect(await cli.result).toEqual({ code: 0, out: 'first\nsecond\nthird\n', err: '' });
  });
});

describe('the console of an instance that prints colors', () => {
  const driver = new PrintingDriver();
  const app = useApp({ engines: () => servedBy(driver) });

  it('is printed without escape sequences, or unchanged with --raw', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const line = '\u001b[1;32mok\u001b[0m\tdone\u001b]0;title\u0007\u0008';
    driver.print(line);
    const print = async (...args: readonly string[]) =>
      (await startCli(app.url, tenant.tenantId, ['console', id, ...args]).result).out;
    expect(await print()).toBe('ok\tdone\uFFFD\n');
    expect(await print('--raw')).toBe(`${line}\n`);
    expect(JSON.parse(await print('-o', 'json'))).toEqual({ lines: [line] });
    driver.hasEnded = true;
    expect(await print('-f')).toBe('ok\tdone\uFFFD\n');
    expect(await print('-f', '--raw')).toBe(`${line}\n`);
  });
});
