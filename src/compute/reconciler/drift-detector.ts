import type { InventoryHost } from './discarding';
import { Injectable, Logger } from '@nestjs/common';
import type { ComputeDriver, Observation } from '../../drivers';
import { DriverCallFactory } from '../instances';
import { MonitoringClient } from '../../integrations';
import { withTimeout } from '../../platform/async/timeout';
import { forEachConcurrent } from '../../platform/async/for-each-concurrent';
import { decide, type Decision } from './reconciliation';
import {
  ReconcilerRepository,
  type Move,
  type ScannedInstance,
  type SettledInstance,
  type SettledTarget,
} from './reconciler.repository';
import { isUncounted } from './leftovers.service';
import { ReconcilerConfig } from './reconciler.config';
import { EngineContacts } from './restarts/engine-contacts';
import { decideRestart, type RestartDecision } from './restarts/restart-decision';
import { withNote } from './restarts/restarter';

const INSPECT_TIMEOUT_MS = 5000;
const INSPECTIONS_AT_ONCE = 8;
/** Maximum number of instances loaded in full at once. */
const TARGETS_AT_ONCE = 48;

/** Observations from one listing of an engine, by instance id. */
export type InventoryById = ReadonlyMap<string, Observation>;

export interface Found {
  readonly moves: readonly Move[];
  /** Number of instances that the engine failed to inspect. */
  readonly silent: number;
  /** Why the first of them could not be inspected. */
  readonly silentCause: unknown;
  /** Ids of those whose observation was recorded, or already was. */
  readonly observed: readonly string[];
}

export interface Compared extends Omit<Found, 'silentCause' | 'observed'> {
  /** Ids of running instances with autostart that were not observed. */
  readonly unseen: readonly string[];
  /** Ids of failed creations that left something at the engine. */
  readonly leftovers: readonly string[];
}

interface Comparing {
  readonly host: InventoryHost;
  readonly inventory: InventoryById;
  readonly signal: AbortSignal;
}

/** The engine that is asked about instances. */
interface Asking extends Omit<Comparing, 'host' | 'inventory'> {
  readonly driver: ComputeDriver;
}

/**
 * Compares an engine's list with the stored instances.
 *
 * A list is outdated by the time it is read, so it only selects candidates: each candidate is read again, the engine
 * inspects it alone, and the write succeeds only if the instance has not changed since it was read.
 */
@Injectable()
export class DriftDetector {
  private readonly logger = new Logger('Reconciler');

  constructor(
    private readonly config: ReconcilerConfig,
    private readonly repository: ReconcilerRepository,
    private readonly calls: DriverCallFactory,
    private readonly monitoring: MonitoringClient,
    private readonly contacts: EngineContacts,
  ) {}

  /** @throws {Error} if all inspections of a full batch fail: the engine has probably become unavailable. */
  async of(comparing: Comparing): Promise<Compared> {
    const moves: Move[] = [];
    const leftovers: string[] = [];
    const unseen: string[] = [];
    let silent = 0;
    let silentCause: unknown;
    for (let after: string | undefined; ;) {
      const page = await this.repository.scan(comparing.host.id, after);
      const settled = page.filter(({ isSettled }) => isSettled);
      leftovers.push(
        ...settled
          .filter((each) => isUncounted(each) && comparing.inventory.has(each.id))
          .map(({ id }) => id),
      );
      const candidates = await this.note(settled, comparing.inventory);
      const doubtful = new Set(candidates);
      for (const { id, isSettled } of page) if (!isSettled) doubtful.add(id);
      for (let from = 0; from < candidates.length; from += TARGETS_AT_ONCE) {
        const found = await this.confirm(candidates.slice(from, from + TARGETS_AT_ONCE), {
          driver: comparing.host.driver,
          signal: comparing.signal,
        });
        for (const id of found.observed) doubtful.delete(id);
        moves.push(...found.moves);
        silent += found.silent;
        silentCause ??= found.silentCause;
      }
      unseen.push(...page.filter((each) => mayAutostart(each) && doubtful.has(each.id)).map(({ id }) => id));
      after = page.at(-1)?.id;
      if (after === undefined) {
        if (silent > 0) {
          const driver = comparing.host.driver.kind;
          this.logger.warn({ err: silentCause, driver, instances: silent }, 'failed to inspect instances');
        }
        return { moves, silent, unseen, leftovers };
      }
      comparing.signal.throwIfAborted();
    }
  }

  /** Records observations that need no status change; returns the ids of the other instances, for confirmation. */
  private async note(page: readonly SettledInstance[], inventory: InventoryById): Promise<readonly string[]> {
    const decided = page.map((instance) => {
      const observation = inventory.get(instance.id) ?? { presence: 'absent' as const };
      return { instance, ...decide(instance, observation, now()) };
    });
    const isDoubtful = ({ move, observed }: Decision): boolean =>
      move !== undefined || observed?.presence === 'absent';
    const changed = decided.filter((each) => each.observed !== undefined && !isDoubtful(each));
    await this.write(changed);
    return decided.filter(isDoubtful).map(({ instance }) => instance.id);
  }

  /** Asks the engine about these instances, except those with an open operation. */
  async confirm(ids: readonly string[], { driver, signal }: Asking): Promise<Found> {
    const targets = await this.repository.targets(ids);
    const answers = await this.inspectAll(targets, driver, signal);
    const answered = answers.filter(({ observation }) => observation !== undefined);
    if (answered.length === 0 && answers.length === TARGETS_AT_ONCE) {
      const cause = answers[0]?.cause;
      throw new Error(`the engine failed to inspect all of ${answers.length} instances`, { cause });
    }
    const decided = answered.flatMap(({ instance, observation }) =>
      observation ? [this.decide(instance, observation, driver)] : [],
    );
    const moves = await this.write(decided.filter(({ move, observed, run }) => move ?? observed ?? run));
    const moved = new Set(moves.map(({ id }) => id));
    const observed = decided.flatMap(({ instance: { id }, move }) => (!move || moved.has(id) ? [id] : []));
    const [silent] = answers.filter(({ observation }) => observation === undefined);
    return { moves, silent: answers.length - answered.length, silentCause: silent?.cause, observed };
  }

  /** Also decides whether a running instance that stopped is started again. */
  private decide(instance: SettledTarget, observation: Observation, driver: ComputeDriver): Decided {
    const decision = decide(instance, observation, now());
    const { move } = decision;
    if (instance.status !== 'running' || move?.to !== 'stopped') return { instance, ...decision };
    const ending = 'ending' in observation ? observation.ending : undefined;
    const contact = this.contacts.stateOf(driver, instance.id);
    const restart = decideRestart(instance, { ending, contact }, this.config.firstRestartDelayMs);
    const reason = restart.note === null ? move.reason : withNote(move.reason, restart.note);
    return { instance, ...decision, move: { ...move, reason }, restart };
  }

  private async inspectAll(
    targets: readonly SettledTarget[],
    driver: ComputeDriver,
    signal: AbortSignal,
  ): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    await forEachConcurrent(targets, INSPECTIONS_AT_ONCE, async (instance) => {
      answers.push({ instance, ...(await this.inspect(instance, driver, signal)) });
    });
    return answers;
  }

  /** If the engine returns no observation, nothing is changed. */
  private async inspect(
    target: SettledTarget,
    driver: ComputeDriver,
    signal: AbortSignal,
  ): Promise<Omit<Answer, 'instance'>> {
    try {
      const observation = await withTimeout({ timeoutMs: INSPECT_TIMEOUT_MS, signal }, (limit) =>
        driver.inspect(this.calls.callOf(target, { purpose: 'inspect', signal: limit })),
      );
      return { observation };
    } catch (cause) {
      signal.throwIfAborted();
      return { observation: undefined, cause };
    }
  }

  private async write(decided: readonly Decided[]): Promise<readonly Move[]> {
    if (decided.length === 0) return [];
    return this.repository.record(
      decided.map(({ instance: { id, version }, move, observed, run, restart }) => {
        const isFailure = move?.to === 'error' && this.monitoring.isEnabled;
        return { id, version, move, observed, run, restart, metric: isFailure ? 'instance_failed' : null };
      }),
    );
  }
}

/** Whether a restart of the host would start it again. */
function mayAutostart({ status, autostart }: Pick<ScannedInstance, 'status' | 'autostart'>): boolean {
  return autostart && status === 'running';
}

interface Decided extends Decision {
  readonly instance: SettledInstance;
  /** Set if a running instance stopped. */
  readonly restart?: RestartDecision;
}

interface Answer {
  readonly instance: SettledTarget;
  readonly observation: Observation | undefined;
  /** Set if `observation` is undefined. */
  readonly cause?: unknown;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
