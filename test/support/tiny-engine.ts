import type { Capacity, Observation } from '../../src/drivers';
import { Peer, type Call, type Route } from './peers/peer';
import { DONE, json, refusal } from './peers/reply';

export interface Machine {
  readonly id: string;
  readonly tenantId: string;
  readonly observation: Observation;
}

const RUNNING: Observation = { presence: 'present', power: 'running' };
const STOPPED: Observation = { presence: 'present', power: 'stopped' };

/** A minimal engine: a real server that keeps its machines independently of the service. */
export class TinyEngine extends Peer {
  protected readonly service = 'tiny-engine';
  protected readonly routes: readonly Route[] = [
    { method: 'GET', path: '/capacity', answer: () => json(200, this.capacity) },
    { method: 'GET', path: '/machines', answer: () => json(200, [...this.machines.values()]) },
    { method: 'GET', path: '/machines/:id', answer: (call) => this.find(call) },
    { method: 'PUT', path: '/machines/:id/running', answer: (call) => this.set(call, RUNNING) },
    { method: 'PUT', path: '/machines/:id/stopped', answer: (call) => this.set(call, STOPPED) },
    { method: 'DELETE', path: '/machines/:id', answer: (call) => this.remove(call) },
  ];
  readonly machines = new Map<string, Machine>();
  capacity: Capacity = { vcpus: 1_000_000, ramGB: -1, diskGB: -1, gpus: -1 };

  static async start(): Promise<TinyEngine> {
    const engine = new TinyEngine();
    await engine.open();
    return engine;
  }

  /** Changes a machine without the service's involvement. */
  put(id: string, observation: Observation, tenantId = this.machines.get(id)?.tenantId ?? 'nobody'): void {
    this.machines.set(id, { id, tenantId, observation });
  }

  private find({ id }: Call): ReturnType<Route['answer']> {
    return json(200, this.machines.get(id)?.observation ?? { presence: 'absent' });
  }

  private set({ id, tenantId }: Call, observation: Observation): ReturnType<Route['answer']> {
    this.put(id, observation, tenantId);
    return DONE;
  }

  private remove({ id }: Call): ReturnType<Route['answer']> {
    return this.machines.delete(decodeURIComponent(id)) ? DONE : refusal(404, 'there is none');
  }
}
