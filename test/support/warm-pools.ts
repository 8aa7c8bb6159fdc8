import type { WarmPoolDto } from '../../src/compute/instances/warm-pools/api/warm-pool.dto';
import { Client, type ApiResponse } from './client';
import { eventually, type Patience } from './eventually';

export const OPERATOR_TOKEN = 'the-token-of-operators';
const OPERATOR = { Authorization: `Bearer ${OPERATOR_TOKEN}` };

/** The warm pools as operators use them. */
export class WarmPools {
  private readonly client: Client;

  constructor(url: string) {
    this.client = new Client(url, 'operators');
  }

  set(name: string, pool: object = {}): Promise<ApiResponse<WarmPoolDto>> {
    const request = { flavor: 'small', size: 1, ...pool };
    return this.client.send('PUT', `/warm-pools/${name}`, request, OPERATOR);
  }

  /** Sets the pool, and waits until all of its instances are ready. */
  async filled(name: string, pool: object = {}, patience?: Patience): Promise<void> {
    const { status, text, body } = await this.set(name, pool);
    if (status !== 200) throw new Error(`${status}: ${text}`);
    await this.reaches(name, { ready: body.size, preparing: 0 }, patience);
  }

  async reaches(name: string, expected: Partial<WarmPoolDto>, patience?: Patience): Promise<void> {
    await eventually(async () => expect((await this.get(name)).body).toMatchObject(expected), patience);
  }

  get(name: string): Promise<ApiResponse<WarmPoolDto>> {
    return this.client.get(`/warm-pools/${name}`, OPERATOR);
  }

  async list(): Promise<readonly WarmPoolDto[]> {
    return (await this.client.get<{ warmPools: readonly WarmPoolDto[] }>('/warm-pools', OPERATOR)).body
      .warmPools;
  }

  remove(name: string): Promise<ApiResponse<null>> {
    return this.client.delete(`/warm-pools/${name}`, OPERATOR);
  }

  /** Ids of the instances that wait for a tenant, or are being prepared or deleted. */
  async prepared(): Promise<readonly string[]> {
    const { body } = await this.client.get<{ instances: readonly { id: string; tenantId: string }[] }>(
      '/instances?allTenants=true&limit=1000',
      OPERATOR,
    );
    return body.instances.filter(({ tenantId }) => tenantId === '@warm-pools').map(({ id }) => id);
  }

  /** Removes all pools, and waits until nothing is left of them. */
  async clear(patience?: Patience): Promise<void> {
    for (const { name } of await this.list()) await this.remove(name);
    await eventually(async () => expect(await this.prepared()).toEqual([]), patience);
  }
}
