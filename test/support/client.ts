import type { Instance } from '../../src/compute/instances';
import { descriptorOf, type RoutedAction } from '../../src/compute/instances/actions/actions';
import type { InstanceDetailsDto } from '../../src/compute/instances/api/dto/instance.dto';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import { eventually, type Patience } from './eventually';
import { parseJson } from './json';

export interface ApiResponse<T> {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON document; null for any other response. */
  readonly body: T;
  readonly text: string;
}

/** A header that is undefined is not sent, even if the client would send it by default. */
export type RequestHeaders = Readonly<Record<string, string | undefined>>;

export interface InstanceRequest {
  readonly name?: unknown;
  readonly flavor?: unknown;
  readonly [member: string]: unknown;
}

/** An API client of one tenant, over a real socket. */
export class Client {
  constructor(
    readonly url: string,
    readonly tenantId: string,
  ) {}

  async create(request: InstanceRequest = {}): Promise<Instance> {
    const { status, body } = await this.send<Instance>('POST', '/instances', {
      name: 'web',
      flavor: 'small',
      ...request,
    });
    if (status !== 201) throw new Error(`create answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  async createRunning(request: InstanceRequest = {}): Promise<Instance> {
    return this.reaches((await this.create(request)).id, 'running');
  }

  async createStopped(request: InstanceRequest = {}): Promise<Instance> {
    const { id } = await this.createRunning(request);
    return (await this.post<Instance>(`/instances/${id}/stop`)).body;
  }

  async createPaused(request: InstanceRequest = {}): Promise<Instance> {
    const { id } = await this.createRunning(request);
    return (await this.post<Instance>(`/instances/${id}/pause`)).body;
  }

  /** An instance in a status that allows the action. */
  async createFor(action: RoutedAction, request: InstanceRequest = {}): Promise<Instance> {
    const { from } = descriptorOf(action);
    if (from.includes('running')) return this.createRunning(request);
    return from.includes('paused') ? this.createPaused(request) : this.createStopped(request);
  }

  /** Waits until the instance has the status; returns it as all responses but that to its `GET` show it. */
  async reaches(id: string, status: Instance['status'], patience?: Patience): Promise<Instance> {
    return eventually(async () => {
      const { abilities, activity, hasSnapshotSchedule, ...instance } = await this.details(id);
      if (instance.status === status) return instance;
      throw new Error(
        `${id} is ${JSON.stringify({ ...instance, abilities, activity, hasSnapshotSchedule })}, not ${status}`,
      );
    }, patience);
  }

  async details(id: string): Promise<InstanceDetailsDto> {
    return (await this.get<InstanceDetailsDto>(`/instances/${id}`)).body;
  }

  /** Waits until the newest operation of the instance has the type and status. */
  async reachesOperation(id: string, type: string, status: string): Promise<Operation> {
    return eventually(async () => {
      const [newest] = await this.operationsOf(id);
      if (newest?.type === type && newest.status === status) return newest;
      throw new Error(`the newest operation is ${JSON.stringify(newest)}, not ${type} ${status}`);
    });
  }

  async isGone(id: string, patience?: Patience): Promise<void> {
    await eventually(async () => {
      const { status } = await this.get(`/instances/${id}`);
      if (status !== 404) throw new Error(`${id} answers ${status}`);
    }, patience);
  }

  async operationsOf(instanceId: string): Promise<readonly Operation[]> {
    const path = `/operations?instanceId=${instanceId}`;
    return (await this.get<{ operations: readonly Operation[] }>(path)).body.operations;
  }

  get<T>(path: string, headers?: RequestHeaders): Promise<ApiResponse<T>> {
    return this.send<T>('GET', path, undefined, headers);
  }

  post<T>(path: string, body?: unknown, headers?: RequestHeaders): Promise<ApiResponse<T>> {
    return this.send<T>('POST', path, body, headers);
  }

  patch<T>(path: string, body?: unknown, headers?: RequestHeaders): Promise<ApiResponse<T>> {
    return this.send<T>('PATCH', path, body, headers);
  }

  delete<T>(path: string, headers?: RequestHeaders): Promise<ApiResponse<T>> {
    return this.send<T>('DELETE', path, undefined, headers);
  }

  /** `T` is the body type that the test expects; its assertions check it. */
  async send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: RequestHeaders = {},
  ): Promise<ApiResponse<T>> {
    const isJson = body !== undefined && { 'Content-Type': 'application/json' };
    return this.request<T>(`/api/v1/compute${path}`, {
      method,
      headers: defined({ 'X-Tenant-ID': this.tenantId, ...isJson, ...headers }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** Requests any path of the service without adding headers. */
  async request<T>(path: string, request: RequestInit = {}): Promise<ApiResponse<T>> {
    const response = await fetch(`${this.url}${path}`, request);
    const { status, headers } = response;
    const text = await response.text();
    const isJson = /^application\/(problem\+)?json\b/.test(headers.get('content-type') ?? '');
    return { status, headers, text, body: parseJson(isJson && text !== '' ? text : 'null') };
  }
}

function defined(headers: RequestHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
