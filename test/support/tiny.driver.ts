import {
  DriverError,
  isLeaseLost,
  type Abilities,
  type Capacity,
  type ComputeDriver,
  type DriverCall,
  type DriverResult,
  type Fingerprint,
  type GuestPort,
  type Inventory,
  type Observation,
  type PublishedPort,
  type InventoryItem,
} from '../../src/drivers';
import { INSTANCE_TYPES } from '../../src/drivers/port/instance-type';
import { parseJson } from './json';
import type { Machine } from './tiny-engine';

const UNDO_TIMEOUT_MS = 10_000;
const RESULT: DriverResult = { handle: { v: 1, data: {} } };

function published({ port, protocol }: GuestPort): PublishedPort {
  return { port, protocol, address: '127.0.0.1', hostPort: port + 10_000 };
}

/** Driver of `TinyEngine` over HTTP, like one for a real engine. */
export class TinyDriver implements ComputeDriver, Inventory {
  readonly kind = 'tiny';
  readonly capabilities = { types: INSTANCE_TYPES, images: 'ignored' as const };
  readonly abilities: Abilities = { inventory: this };

  constructor(private readonly url: string) {}

  async fingerprint(signal: AbortSignal): Promise<Fingerprint> {
    try {
      await this.ask('GET', '/health', signal);
      const inventory = parseJson<Capacity>(await this.ask('GET', '/capacity', signal));
      const { types } = this.capabilities;
      return {
        isUp: true,
        detail: 'tiny 1',
        types,
        hosts: [{ id: 'tiny', inventory }],
        abilities: ['inventory'],
      };
    } catch (error) {
      return { isUp: false, detail: String(error) };
    }
  }

  async create(call: DriverCall): Promise<DriverResult> {
    try {
      return await this.start(call);
    } catch (error) {
      if (isLeaseLost(call.signal)) throw error;
      await this.discard(call.instance.id, AbortSignal.timeout(UNDO_TIMEOUT_MS)).catch(() => undefined);
      throw error;
    }
  }

  async start(call: DriverCall): Promise<DriverResult> {
    await this.tell('PUT', '/running', call);
    const { ports } = call.instance.guest;
    return ports.length === 0 ? RESULT : { ...RESULT, ports: ports.map(published) };
  }

  async stop(call: DriverCall): Promise<DriverResult> {
    await this.tell('PUT', '/stopped', call);
    return RESULT;
  }

  async destroy({ instance, signal }: DriverCall): Promise<void> {
    await this.discard(instance.id, signal);
  }

  async inspect({ instance, signal }: DriverCall): Promise<Observation> {
    return parseJson<Observation>(await this.ask('GET', `/machines/${instance.id}`, signal));
  }

  async list(signal: AbortSignal): Promise<readonly InventoryItem[]> {
    const machines = parseJson<readonly Machine[]>(await this.ask('GET', '/machines', signal));
    return machines.map(({ id, ...machine }) => ({ instanceId: id, ...machine }));
  }

  async discard(instanceId: string, signal: AbortSignal): Promise<boolean> {
    const { status } = await this.call('DELETE', `/machines/${encodeURIComponent(instanceId)}`, signal);
    return status !== 404;
  }

  private tell(method: string, verb: string, { instance, signal }: DriverCall): Promise<string> {
    const headers = { 'X-Tenant-ID': instance.tenantId };
    return this.ask(method, `/machines/${instance.id}${verb}`, signal, headers);
  }

  private async ask(...request: Parameters<TinyDriver['call']>): Promise<string> {
    return (await this.call(...request)).text();
  }

  private async call(
    method: string,
    path: string,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, { method, signal, headers }).catch(
      (cause: unknown) => {
        throw new DriverError('the tiny engine cannot be reached', { retryable: true, cause });
      },
    );
    const isFine = response.ok || (method === 'DELETE' && response.status === 404);
    if (!isFine) throw new DriverError(`the tiny engine answers ${response.status}`, { retryable: true });
    return response;
  }
}
