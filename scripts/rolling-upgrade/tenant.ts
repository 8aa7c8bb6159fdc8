import { randomUUID } from 'node:crypto';
import type { Platform } from '../../test/support/platform';
import type { Answer, Gateway } from './gateway';

/** Distinguishes these tenants from those of earlier instances. */
export const TENANT_PREFIX = 'load-';
const WAIT_SECONDS = 10;
const MAX_WAITS = 6;
/** Every third instance stays until the end. */
const KEEP_EVERY = 3;

/** The changes that a tenant made to one instance. */
export interface Life {
  readonly id: string;
  readonly tenantId: string;
  /** Accepted operations, in order. */
  readonly operations: string[];
  readonly volumes: string[];
  isDeleted: boolean;
}

/** A client that takes one instance after the other through its life, and repeats each change with its key. */
export class Tenant {
  readonly lives: Life[] = [];
  /** Responses other than the only right one. */
  readonly surprises: string[] = [];
  /** Responses that were sent again for a repeated key. */
  replays = 0;

  constructor(
    private readonly id: string,
    private readonly gateway: Gateway,
    private readonly platform: Platform,
  ) {}

  async run(until: AbortSignal): Promise<void> {
    const network = this.platform.network.addNetwork(this.id).id;
    while (!until.aborted) {
      try {
        await this.live(network);
      } catch (error) {
        this.surprises.push(String(error));
      }
    }
  }

  private async live(network: string): Promise<void> {
    const name = `web-${this.lives.length}`;
    const created = await this.change('POST', '/instances', [201], {
      name,
      flavor: 'small',
      networkIds: [network],
    });
    const life: Life = {
      id: idOf(created),
      tenantId: this.id,
      operations: ['create'],
      volumes: [],
      isDeleted: false,
    };
    this.lives.push(life);
    await this.reaches(life, 'running');
    await this.attachAndDetach(life);
    await this.act(life, 'stop', 'stopped');
    await this.act(life, 'restart', 'running');
    await this.act(life, 'stop', 'stopped');
    await this.act(life, 'start', 'running');
    await this.read(life);
    if (this.lives.length % KEEP_EVERY === 0) return;
    await this.act(life, 'stop', 'stopped');
    await this.change('DELETE', `/instances/${life.id}`, [202, 204]);
    life.operations.push('delete');
    life.isDeleted = true;
    await this.reaches(life, 'deleted');
  }

  private async attachAndDetach(life: Life): Promise<void> {
    const volumeId = this.platform.storage.addVolume(this.id).id;
    const path = `/instances/${life.id}/volumes`;
    life.volumes.push(volumeId);
    await this.change('POST', path, [200, 202], { volumeId });
    life.operations.push('attach');
    await this.reaches(life, 'settled');
    await this.change('DELETE', `${path}/${volumeId}`, [200, 202]);
    life.operations.push('detach');
    await this.reaches(life, 'settled');
  }

  private async act(life: Life, action: string, status: string): Promise<void> {
    await this.change('POST', `/instances/${life.id}/${action}`, [200, 202]);
    life.operations.push(action);
    await this.reaches(life, status);
  }

  private async read({ id, operations }: Life): Promise<void> {
    const list = await this.ask('/instances?limit=1000');
    this.expect(list.text.includes(id), `the list does not contain ${id}`);
    const one = await this.ask(`/instances/${id}`);
    this.expect(one.text.includes('"running"'), `${id} is ${one.text}`);
    await this.ask(`/instances/${id}/events`);
    const { text } = await this.ask(`/operations?instanceId=${id}`);
    const listed = text.split('"instanceId"').length - 1;
    this.expect(
      listed === operations.length,
      `${id} has ${listed} operations instead of ${operations.length}`,
    );
  }

  private async reaches({ id }: Life, status: string): Promise<void> {
    const path = `/instances/${id}/wait?status=${status}&timeoutSeconds=${WAIT_SECONDS}`;
    let answer = await this.gateway.send({ tenantId: this.id, method: 'GET', path });
    for (let tries = 1; answer.status === 408 && tries < MAX_WAITS; tries++) {
      answer = await this.gateway.send({ tenantId: this.id, method: 'GET', path });
    }
    this.expect([200, 204].includes(answer.status), `wait for ${status}: ${answer.status} ${answer.text}`);
  }

  private async ask(path: string): Promise<Answer> {
    const answer = await this.gateway.send({ tenantId: this.id, method: 'GET', path });
    this.expect(answer.status === 200, `GET ${path}: ${answer.status} ${answer.text}`);
    return answer;
  }

  /** Sends the change twice with its key; the second goes to the next replica, as after a lost response. */
  private async change(
    method: string,
    path: string,
    expected: readonly number[],
    body?: object,
  ): Promise<Answer> {
    const request = { tenantId: this.id, method, path, key: randomUUID(), ...(body && { body }) };
    const first = await this.gateway.send(request);
    this.expect(expected.includes(first.status), `${method} ${path}: ${first.status} ${first.text}`);
    const second = await this.gateway.send(request);
    this.expect(
      second.isReplay && expected.includes(second.status),
      `repeated ${method} ${path}: ${second.status} ${second.text}`,
    );
    this.replays++;
    return first;
  }

  private expect(isRight: boolean, otherwise: string): void {
    if (!isRight) this.surprises.push(otherwise);
  }
}

function idOf({ text }: Answer): string {
  const id = /"id":\s*"([^"]+)"/.exec(text)?.[1];
  if (id === undefined) throw new Error(`no instance: ${text}`);
  return id;
}
