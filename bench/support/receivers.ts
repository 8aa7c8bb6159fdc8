import { fork } from 'node:child_process';
import { join } from 'node:path';
import { Helper } from './helper';
import { plainEnvironment } from './service';

export interface Ports {
  readonly answering: number;
  /** Accepts connections and never answers. */
  readonly hanging: number;
}

export interface DeliveryResult {
  /** Events. */
  readonly perSecond: number;
  /** Deliveries to living receivers. */
  readonly expected: number;
  readonly received: number;
  /** Milliseconds from the event to its delivery. */
  readonly p50: number;
  readonly p99: number;
}

export interface Changes {
  readonly seconds: number;
  readonly perSecond: number;
  /** How the names of tenants begin whose receivers answer. */
  readonly living: string;
}

/** A process with the receivers of webhooks, which also changes instances. */
export class Receivers {
  private readonly helper: Helper<Ports | DeliveryResult>;

  constructor(databaseUrl: string) {
    const env = { ...plainEnvironment(), DATABASE_URL: databaseUrl };
    this.helper = new Helper(fork(join(__dirname, '../processes/receivers.js'), { env }), isAnswer);
  }

  async listen(): Promise<Ports> {
    const answer = await this.helper.ask({ seconds: 0 });
    if ('answering' in answer) return answer;
    throw new Error('the receivers do not listen');
  }

  async deliver(changes: Changes): Promise<DeliveryResult> {
    const answer = await this.helper.ask(changes);
    if ('received' in answer) return answer;
    throw new Error('nothing was delivered');
  }

  async stop(): Promise<void> {
    await this.helper.stop();
  }
}

function isAnswer(value: unknown): value is Ports | DeliveryResult {
  return typeof value === 'object' && value !== null && ('answering' in value || 'received' in value);
}
