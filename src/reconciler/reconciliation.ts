import { isDeepStrictEqual } from 'node:util';
import { wordOf, type Observation, type PublishedPort, type Word } from '../drivers';
import type { InstanceStatus } from '../instances';

/** Statuses of instances that no operation is to move: the others end in one of them by themselves. */
export type SettledStatus = Extract<InstanceStatus, 'running' | 'stopped' | 'error'>;
export const SETTLED_STATUSES: readonly SettledStatus[] = ['running', 'stopped', 'error'];

export interface Rule {
  readonly to: SettledStatus | 'unchanged';
  /** What `statusReason` says then. */
  readonly reason: 'none' | 'as the engine says' | 'as before' | typeof UNKNOWN_TO_ENGINE;
  readonly onlyWhere: 'always' | 'its creation has not failed';
}

export const UNKNOWN_TO_ENGINE = 'the engine does not know it any more';
const STOPPED_BY_ITSELF = 'it stopped without being told to';
/** In characters: engines may quote what their guests wrote. */
const LONGEST_REASON = 1000;

const AS_IT_IS: Rule = { to: 'unchanged', reason: 'none', onlyWhere: 'always' };
const LOST: Rule = { to: 'error', reason: UNKNOWN_TO_ENGINE, onlyWhere: 'always' };
const BROKEN: Rule = { to: 'error', reason: 'as the engine says', onlyWhere: 'always' };

/**
 * What becomes of an instance that an engine reports otherwise than it is stored, by its status and what the
 * engine says. docs/architecture.md shows this table.
 *
 * One whose creation has failed has given its share of quota and capacity back, and its attachments are undone:
 * it is there to be deleted only. Any other comes back as the engine has it: a start that was given up while the
 * engine was away says nothing about the machine. Why it was in `error` stays told, unless that was what the
 * engine said and says no more.
 */
export const RECONCILIATION: Readonly<Record<SettledStatus, Readonly<Record<Word, Rule>>>> = {
  running: {
    running: AS_IT_IS,
    stopped: { to: 'stopped', reason: 'as the engine says', onlyWhere: 'always' },
    failed: BROKEN,
    absent: LOST,
  },
  stopped: {
    running: { to: 'running', reason: 'none', onlyWhere: 'always' },
    stopped: AS_IT_IS,
    failed: BROKEN,
    absent: LOST,
  },
  error: {
    running: { to: 'running', reason: 'none', onlyWhere: 'its creation has not failed' },
    stopped: { to: 'stopped', reason: 'as before', onlyWhere: 'its creation has not failed' },
    failed: AS_IT_IS,
    absent: AS_IT_IS,
  },
};

/** The last word of the engine, as it is stored. */
export interface Observed {
  readonly presence: Observation['presence'];
  readonly power?: 'running' | 'stopped' | 'failed';
  readonly reason?: string;
  /** Set where the instance is in `error` for what the engine said, and for nothing else. */
  readonly lost?: true;
  /** When it was said first, Unix seconds. */
  readonly at: number;
}

/** A stored instance, as far as it matters here. */
export interface Standing {
  readonly status: SettledStatus;
  /** Whether it has its share of quota and capacity; one whose creation failed has none. */
  readonly isCounted: boolean;
  readonly statusReason: string | null;
  readonly observed: Observed | null;
  /** Where it is reached as far as users are told. */
  readonly ports: readonly PublishedPort[];
}

export interface Judgement {
  /** Undefined leaves status and reason. */
  readonly move:
    | {
        readonly to: SettledStatus;
        readonly reason: string | null;
        /** Where it is reached now; undefined keeps what is stored. One that does not run is reached nowhere. */
        readonly ports: readonly PublishedPort[] | undefined;
      }
    | undefined;
  /** Undefined where it is stored already. */
  readonly observed: Observed | undefined;
}

/** What is to be written of an instance now that the engine has said this; `at` in Unix seconds. */
export function judge(standing: Standing, said: Observation, at: number): Judgement {
  const observation = tidy(said);
  const rule = RECONCILIATION[standing.status][wordOf(observation)];
  const move =
    rule.to === 'unchanged' || !applies(rule, standing)
      ? republished(standing, said)
      : {
          to: rule.to,
          reason: reasonOf(rule, observation, standing),
          ports: rule.to === 'running' ? portsOf(said) : [],
        };
  const isLost = move ? move.to === 'error' : standing.status === 'error' && wasLost(standing);
  const observed: Observed = { ...observation, ...(isLost && { lost: true }), at };
  return { move, observed: isSame(standing.observed, observed) ? undefined : observed };
}

/**
 * The engine restarted a running instance by itself, e.g. `docker restart`, and published its ports anew: the old
 * ones may be those of another tenant's instance by now.
 */
function republished(standing: Standing, said: Observation): Judgement['move'] {
  const ports = portsOf(said);
  if (standing.status !== 'running' || ports === undefined || isSamePlace(standing.ports, ports))
    return undefined;
  return { to: 'running', reason: standing.statusReason, ports };
}

/** Whether the same ports are published. Lists and details of an engine may write an address differently. */
function isSamePlace(one: readonly PublishedPort[], other: readonly PublishedPort[]): boolean {
  const placesOf = (ports: readonly PublishedPort[]): readonly string[] =>
    [...new Set(ports.map(({ port, protocol, hostPort }) => `${port}/${protocol} ${hostPort}`))].sort();
  return isDeepStrictEqual(placesOf(one), placesOf(other));
}

function portsOf(observation: Observation): readonly PublishedPort[] | undefined {
  return 'ports' in observation ? observation.ports : undefined;
}

/**
 * Fit to be stored: the database takes neither a NUL nor half a pair of surrogates. Ports are kept with the
 * handle alone, for an engine may tell of them now and then only.
 */
function tidy(observation: Observation): Observation {
  if ('ports' in observation) return { presence: 'present', power: 'running' };
  if (!('reason' in observation)) return observation;
  const reason = observation.reason.slice(0, LONGEST_REASON).replaceAll('\0', '');
  return { ...observation, reason: reason.replaceAll(/\p{Surrogate}/gu, '') };
}

function applies({ onlyWhere }: Rule, standing: Standing): boolean {
  switch (onlyWhere) {
    case 'always':
      return true;
    case 'its creation has not failed':
      return standing.isCounted;
  }
}

function wasLost({ observed }: Standing): boolean {
  return observed?.lost === true;
}

function reasonOf({ reason }: Rule, observation: Observation, standing: Standing): string | null {
  if (reason === 'none') return null;
  if (reason === UNKNOWN_TO_ENGINE) return reason;
  if (reason === 'as before' && !wasLost(standing)) return standing.statusReason;
  return ('reason' in observation ? observation.reason : undefined) ?? STOPPED_BY_ITSELF;
}

function isSame(one: Observed | null, other: Observed): boolean {
  return (
    one !== null &&
    one.presence === other.presence &&
    one.power === other.power &&
    one.reason === other.reason &&
    one.lost === other.lost
  );
}
