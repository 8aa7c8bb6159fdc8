import { isDeepStrictEqual } from 'node:util';
import {
  powerStateOf,
  type GuestAddress,
  type Observation,
  type PowerState,
  type PublishedPort,
} from '../../drivers';
import type { InstanceStatus } from '../instances';

/** Statuses that no operation is about to change; every other status ends in one of them. */
export type SettledStatus = Extract<InstanceStatus, 'running' | 'paused' | 'stopped' | 'error'>;
export const SETTLED_STATUSES: readonly SettledStatus[] = ['running', 'paused', 'stopped', 'error'];

export interface Rule {
  readonly to: SettledStatus | 'unchanged';
  /** The new `statusReason`. */
  readonly reason: 'none' | 'as reported' | 'as before' | typeof UNKNOWN_TO_ENGINE;
  readonly onlyWhere: 'always' | 'its creation succeeded';
}

export const UNKNOWN_TO_ENGINE = 'the engine no longer has it';
const STOPPED_BY_ITSELF = 'it stopped unexpectedly';
/** In characters; limited because engines may quote guest output. */
const LONGEST_REASON = 1000;

const AS_IT_IS: Rule = { to: 'unchanged', reason: 'none', onlyWhere: 'always' };
const LOST: Rule = { to: 'error', reason: UNKNOWN_TO_ENGINE, onlyWhere: 'always' };
const BROKEN: Rule = { to: 'error', reason: 'as reported', onlyWhere: 'always' };

/**
 * What to do when an engine's report differs from the stored status, by stored status and
 * reported power state. docs/internals.md shows this table.
 *
 * An instance whose creation failed has released its quota and capacity, and its attachments are undone:
 * it can only be deleted. Any other instance in `error` returns to the reported status: a start that was given up while
 * the engine was unavailable does not mean that the machine is broken. A stopped one keeps its `statusReason`,
 * unless the error came from an engine report that no longer holds.
 */
export const RECONCILIATION: Readonly<Record<SettledStatus, Readonly<Record<PowerState, Rule>>>> = {
  running: {
    running: AS_IT_IS,
    paused: { to: 'paused', reason: 'none', onlyWhere: 'always' },
    stopped: { to: 'stopped', reason: 'as reported', onlyWhere: 'always' },
    failed: BROKEN,
    absent: LOST,
  },
  paused: {
    running: { to: 'running', reason: 'none', onlyWhere: 'always' },
    paused: AS_IT_IS,
    stopped: { to: 'stopped', reason: 'as reported', onlyWhere: 'always' },
    failed: BROKEN,
    absent: LOST,
  },
  stopped: {
    running: { to: 'running', reason: 'none', onlyWhere: 'always' },
    paused: { to: 'paused', reason: 'none', onlyWhere: 'always' },
    stopped: AS_IT_IS,
    failed: BROKEN,
    absent: LOST,
  },
  error: {
    running: { to: 'running', reason: 'none', onlyWhere: 'its creation succeeded' },
    paused: { to: 'paused', reason: 'none', onlyWhere: 'its creation succeeded' },
    stopped: { to: 'stopped', reason: 'as before', onlyWhere: 'its creation succeeded' },
    failed: AS_IT_IS,
    absent: AS_IT_IS,
  },
};

/** The engine's latest report, as stored. */
export interface Observed {
  readonly presence: Observation['presence'];
  readonly power?: Exclude<PowerState, 'absent'>;
  readonly reason?: string;
  /** Set only if the instance is in `error` because of an engine report. */
  readonly lost?: true;
  /** When this was first reported, Unix seconds. */
  readonly at: number;
}

/** The fields of a stored instance that matter here. */
export interface StoredState {
  readonly status: SettledStatus;
  /** Whether it holds quota and capacity; false after a failed creation. */
  readonly isCounted: boolean;
  readonly statusReason: string | null;
  readonly observed: Observed | null;
  /** Published ports as currently shown to users. */
  readonly ports: readonly PublishedPort[];
  /** Addresses of the guest, likewise. */
  readonly addresses: readonly GuestAddress[];
  /** Its last run; null if that is unknown. */
  readonly run: string | null;
}

export interface Decision {
  /** Undefined keeps status and reason. */
  readonly move:
    | {
        readonly to: SettledStatus;
        readonly reason: string | null;
        /** The new published ports; undefined keeps the stored ones, and empty means that it is not running. */
        readonly ports: readonly PublishedPort[] | undefined;
        /** Its new addresses, likewise. */
        readonly addresses: readonly GuestAddress[] | undefined;
      }
    | undefined;
  /** Undefined if already stored. */
  readonly observed: Observed | undefined;
  /** The current run of a guest, likewise. It is new if another one was stored: the guest was started without a request. */
  readonly run: { readonly id: string; readonly isNew: boolean } | undefined;
}

/** Decides what to write for an instance after an engine report; `at` in Unix seconds. */
export function decide(stored: StoredState, reported: Observation, at: number): Decision {
  const observation = tidy(reported);
  const rule = RECONCILIATION[stored.status][powerStateOf(observation)];
  const isMoved = rule.to !== 'unchanged' && applies(rule, stored);
  const run = isOnline(isMoved ? rule.to : stored.status) ? runOf(stored, reported) : undefined;
  const move = !isMoved
    ? restarted(stored, reported, run)
    : {
        to: rule.to,
        reason: reasonOf(rule, observation, stored),
        ...(isOnline(rule.to) ? placeOf(reported) : { ports: [], addresses: [] }),
      };
  const isLost = move ? move.to === 'error' : stored.status === 'error' && wasLost(stored);
  const observed: Observed = { ...observation, ...(isLost && { lost: true }), at };
  return { move, observed: isSame(stored.observed, observed) ? undefined : observed, run };
}

type Place = Pick<NonNullable<Decision['move']>, 'ports' | 'addresses'>;

/**
 * The engine restarted a running instance on its own, for example through `docker restart`, and may have published new
 * host ports, or given it new addresses. The old ones may already belong to another tenant's instance.
 */
function restarted(stored: StoredState, reported: Observation, run: Decision['run']): Decision['move'] {
  const { ports, addresses } = placeOf(reported);
  const isNewRun = run?.isNew === true;
  const isSame =
    !isNewRun &&
    (ports === undefined || isSamePlace(stored.ports, ports)) &&
    (addresses === undefined || areSameAddresses(stored.addresses, addresses));
  if (!isOnline(stored.status) || isSame) return undefined;
  return { to: stored.status, reason: isNewRun ? null : stored.statusReason, ports, addresses };
}

function runOf(stored: StoredState, reported: Observation): Decision['run'] {
  const id = 'run' in reported ? reported.run : undefined;
  return id === undefined || id === stored.run ? undefined : { id, isNew: stored.run !== null };
}

/** Whether it has ports and addresses. */
function isOnline(status: SettledStatus): boolean {
  return status === 'running' || status === 'paused';
}

/** Whether the same ports are published. An engine's list and details may format addresses differently. */
function isSamePlace(one: readonly PublishedPort[], other: readonly PublishedPort[]): boolean {
  const placesOf = (ports: readonly PublishedPort[]): readonly string[] =>
    ports.map(({ port, protocol, hostPort }) => `${port}/${protocol} ${hostPort}`);
  return areSame(placesOf(one), placesOf(other));
}

function areSameAddresses(one: readonly GuestAddress[], other: readonly GuestAddress[]): boolean {
  const textsOf = (addresses: readonly GuestAddress[]): readonly string[] =>
    addresses.map(({ address, network }) => `${address} ${network}`);
  return areSame(textsOf(one), textsOf(other));
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  return isDeepStrictEqual([...new Set(one)].sort(), [...new Set(other)].sort());
}

function placeOf(observation: Observation): Place {
  return {
    ports: 'ports' in observation ? observation.ports : undefined,
    addresses: 'addresses' in observation ? observation.addresses : undefined,
  };
}

/**
 * Prepares an observation for storage: the database accepts neither NUL nor unpaired surrogates. Ports and
 * addresses are stored only in the handle, because engines do not always report them, and the ending matters only once.
 */
function tidy(observation: Observation): Observation {
  if (observation.presence === 'absent') return observation;
  const { presence, power } = observation;
  const given = 'reason' in observation ? observation.reason : undefined;
  if (given === undefined) return power === 'failed' ? { presence, power, reason: '' } : { presence, power };
  const reason = given
    .slice(0, LONGEST_REASON)
    .replaceAll('\0', '')
    .replaceAll(/\p{Surrogate}/gu, '');
  return { presence, power, reason };
}

function applies({ onlyWhere }: Rule, stored: StoredState): boolean {
  switch (onlyWhere) {
    case 'always':
      return true;
    case 'its creation succeeded':
      return stored.isCounted;
  }
}

function wasLost({ observed }: StoredState): boolean {
  return observed?.lost === true;
}

function reasonOf({ reason }: Rule, observation: Observation, stored: StoredState): string | null {
  if (reason === 'none') return null;
  if (reason === UNKNOWN_TO_ENGINE) return reason;
  if (reason === 'as before' && !wasLost(stored)) return stored.statusReason;
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
