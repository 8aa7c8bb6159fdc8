import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { IntervalTask } from '../../../platform/async/interval-task';
import { HostsService } from '../../hosts';
import { OperationSignals } from '../../operations';
import { EngineContacts } from './engine-contacts';
import { AUTOSTART_NOTE } from './restart-decision';
import { RestartsRepository, type DueStart, type Start } from './restarts.repository';

const INTERVAL_MS = 1000;

/**
 * Starts instances again whose restart is due. Each start is an ordinary operation, which the worker runs in its turn.
 * Replicas run in parallel: the second start of the same instance changes nothing.
 */
@Injectable()
export class Restarter implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Restarts');
  /** Only the first of several failures is logged. */
  private isFailing = false;
  private readonly rounds = new IntervalTask({
    intervalMs: INTERVAL_MS,
    work: async () => {
      await this.round();
      this.isFailing = false;
    },
    failed: (error) => {
      if (!this.isFailing) this.logger.warn({ err: error }, 'failed to restart instances; will retry');
      this.isFailing = true;
    },
  });

  constructor(
    private readonly repository: RestartsRepository,
    private readonly hosts: HostsService,
    private readonly contacts: EngineContacts,
    private readonly operations: OperationSignals,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  /** Starts what is due on the hosts whose engines can be reached; the others wait. */
  async round(): Promise<void> {
    const reachable = this.hosts.reached().filter(({ driver }) => this.contacts.of(driver).state === 'held');
    if (reachable.length === 0) return;
    const due = await this.repository.due(reachable.map(({ id }) => id));
    await this.begin(due.map((each) => ({ ...each, reason: reasonOf(each) })));
  }

  /**
   * Makes the start due of the instances with autostart that stopped shortly before the contact was lost: an engine that
   * shuts down in an orderly way reports that its guests ended, as if each had ended on its own.
   */
  async contactRegained(hostId: string, lostForMs: number): Promise<void> {
    await this.repository.makeDue(hostId, lostForMs);
  }

  private async begin(starts: readonly Start[]): Promise<void> {
    if (starts.length === 0) return;
    const begun = await this.repository.begin(starts);
    if (begun.length > 0) this.operations.enqueued();
    const reasons = new Map(starts.map(({ id, reason }) => [id, reason]));
    for (const { id, tenantId } of begun)
      this.logger.log({ instanceId: id, tenantId, reason: reasons.get(id) }, 'starting the instance again');
  }
}

function reasonOf({ reason, isAutostart }: DueStart): string | null {
  return isAutostart && reason?.endsWith(`(${AUTOSTART_NOTE})`) !== true
    ? withNote(reason, AUTOSTART_NOTE)
    : reason;
}

/** The reason of a stop, and what follows from it. */
export function withNote(reason: string | null, note: string): string {
  return reason === null ? note : `${reason} (${note})`;
}
