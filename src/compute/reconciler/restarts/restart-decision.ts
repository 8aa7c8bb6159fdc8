import type { Ending } from '../../../drivers';
import type { RestartPolicy } from '../../instances';

/** The delay doubles with each restart in a row, up to this. */
const LONGEST_DELAY_MS = 60_000;
/** An instance that ran longer than this after a restart has recovered: ten times the longest delay. */
const RECOVERED_SECONDS = 600;

/** The fields of a stored instance that matter here. */
export interface RestartState {
  readonly autostart: boolean;
  readonly restartPolicy: RestartPolicy;
  /** How often the policy has restarted it in a row. */
  readonly restarts: number;
  /** Null if it never has. */
  readonly secondsSinceRestart: number | null;
}

/**
 * Whether this process was in contact with an engine since it last compared everything there: `held` or `lost`; `unknown`
 * before the first comparison.
 */
export type EngineContact = 'held' | 'lost' | 'unknown';

/** How a running instance was found stopped. */
export interface UnrequestedStop {
  /** Undefined if the engine does not report it. */
  readonly ending: Ending | undefined;
  readonly contact: EngineContact;
}

export interface RestartDecision {
  /** After this time; null leaves it stopped. */
  readonly delayMs: number | null;
  /** The new number of restarts in a row. */
  readonly restarts: number;
  /** For users; null if neither autostart nor the policy applies. */
  readonly note: string | null;
  readonly isGivenUp: boolean;
}

/**
 * Decides whether an instance that stopped without a request is started again. If the engine does not report whether its
 * host was restarted, the contact with the engine decides. Right after the start of this process, that is unknown: the
 * instance is then started for either reason.
 */
export function decideRestart(
  state: RestartState,
  { ending, contact }: UnrequestedStop,
  firstDelayMs: number,
): RestartDecision {
  const { isHostRestarted = contact === 'unknown' ? undefined : contact === 'lost' } = ending ?? {};
  if (state.autostart && isHostRestarted !== false) return AUTOSTART;
  if (isHostRestarted === true) return NOTHING;
  const { condition, maxRestarts } = state.restartPolicy;
  if (condition === 'never' || ending?.isFailure !== true) return NOTHING;
  const hasRecovered = (state.secondsSinceRestart ?? 0) >= RECOVERED_SECONDS;
  const before = hasRecovered ? 0 : state.restarts;
  if (before >= maxRestarts) {
    const note = `given up after ${before} ${before === 1 ? 'restart' : 'restarts'} in a row`;
    return { delayMs: null, restarts: before, note, isGivenUp: true };
  }
  const delayMs = Math.min(firstDelayMs * 2 ** before, LONGEST_DELAY_MS);
  const restarts = before + 1;
  const note = `restart ${restarts} of ${maxRestarts} after ${delayMs / 1000} s`;
  return { delayMs, restarts, note, isGivenUp: false };
}

export const AUTOSTART_NOTE = 'autostart: its host was restarted';

const AUTOSTART: RestartDecision = { delayMs: 0, restarts: 0, note: AUTOSTART_NOTE, isGivenUp: false };
const NOTHING: RestartDecision = { delayMs: null, restarts: 0, note: null, isGivenUp: false };
