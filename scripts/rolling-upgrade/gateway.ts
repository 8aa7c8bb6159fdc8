import { setTimeout as delay } from 'node:timers/promises';

const MAX_TRIES = 20;
const RETRY_MS = 50;
const TIMEOUT_MS = 60_000;

export interface Request {
  readonly tenantId: string;
  readonly method: string;
  /** Below /api/v1/compute. */
  readonly path: string;
  readonly body?: object;
  readonly key?: string;
}

export interface Answer {
  readonly status: number;
  readonly isReplay: boolean;
  readonly text: string;
}

/** Distributes requests in turns, as a gateway does that is told of a stop before the replica is. */
export class Gateway {
  private readonly replicas = new Set<string>();
  private turn = 0;
  /** Answers with a server error, and broken connections, of replicas in rotation. */
  readonly failures: string[] = [];
  readonly answered = new Map<string, number>();
  /** Requests that a replica refused because it was stopping, sent to it before it left the rotation. */
  repeated = 0;
  /** The longest time until an answer, except of waits, in milliseconds. */
  slowest = 0;

  add(url: string): void {
    this.replicas.add(url);
  }

  remove(url: string): void {
    this.replicas.delete(url);
  }

  async send(request: Request): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      const url = this.next();
      const answer = await this.sendTo(url, request).catch((error: unknown) => reasonOf(error));
      if (typeof answer !== 'string' && answer.status < 500) {
        const name = `${request.method} ${request.path.split('?')[0]?.replace(/[0-9a-f-]{36}/g, '{id}') ?? ''}`;
        this.answered.set(name, (this.answered.get(name) ?? 0) + 1);
        return answer;
      }
      if (tries === MAX_TRIES) throw new Error(`${request.method} ${request.path} failed ${tries} times`);
      const isStopping =
        !this.replicas.has(url) &&
        (typeof answer === 'string' ? answer === 'ECONNREFUSED' : answer.status === 503);
      if (isStopping) this.repeated++;
      else {
        const reason = typeof answer === 'string' ? answer : `${answer.status} ${answer.text}`;
        this.failures.push(`${request.method} ${request.path}: ${reason}`);
      }
      await delay(RETRY_MS);
    }
  }

  private async sendTo(url: string, { tenantId, method, path, body, key }: Request): Promise<Answer> {
    const started = performance.now();
    const response = await fetch(`${url}/api/v1/compute${path}`, {
      method,
      headers: {
        'X-Tenant-ID': tenantId,
        ...(body && { 'Content-Type': 'application/json' }),
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (!path.includes('/wait')) this.slowest = Math.max(this.slowest, performance.now() - started);
    return {
      status: response.status,
      isReplay: response.headers.get('idempotency-replayed') === 'true',
      text,
    };
  }

  private next(): string {
    const urls = [...this.replicas];
    const url = urls[this.turn++ % urls.length];
    if (url === undefined) throw new Error('no replica in rotation');
    return url;
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause === 'object' && cause !== null && 'code' in cause) return String(cause.code);
  return String(error);
}
