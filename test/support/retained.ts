import type { Instance } from '../../src/compute/instances';
import type { InstanceDetailsDto } from '../../src/compute/instances/api/dto/instance.dto';
import type { ApiResponse, Client, RequestHeaders } from './client';

export const INSTANCE_MISSING = { status: 404, code: 'instance_not_found' };

/** Requests about deleted instances that are retained. */
export class Retained {
  constructor(private readonly tenant: Client) {}

  /** Deletes an instance, and retains it for a day. */
  remove(id: string, query = '?retain=PT24H', headers: RequestHeaders = {}): Promise<ApiResponse<object>> {
    return this.tenant.delete<object>(`/instances/${id}${query}`, headers);
  }

  undelete(id: string, headers: RequestHeaders = {}): Promise<ApiResponse<Instance>> {
    return this.tenant.post<Instance>(`/instances/${id}/undelete`, undefined, headers);
  }

  async details(id: string): Promise<InstanceDetailsDto> {
    return (await this.tenant.get<InstanceDetailsDto>(`/instances/${id}?deleted=true`)).body;
  }

  async list(query = '?deleted=true'): Promise<readonly Instance[]> {
    return (await this.tenant.get<{ instances: readonly Instance[] }>(`/instances${query}`)).body.instances;
  }

  /** Types of the events of an instance. */
  async eventsOf(id: string): Promise<readonly string[]> {
    const path = `/instances/${id}/events`;
    const { body } = await this.tenant.get<{ events: readonly { type: string }[] }>(path);
    return body.events.map(({ type }) => type);
  }

  async usage(): Promise<object> {
    return (await this.tenant.get<{ usage: object }>('/quotas')).body.usage;
  }
}
