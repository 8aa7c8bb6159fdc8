import type { InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../../texts';

const t = texts.instance.reason;

type Status = InstanceDetails['status'];
type Subject = Pick<InstanceDetails, 'status' | 'activity' | 'purgeAt' | 'statusReason'> & {
  readonly abilities: readonly string[];
};

/** Actions of a user, except deletion. */
export type Change =
  | 'start'
  | 'stop'
  | 'restart'
  | 'reboot'
  | 'pause'
  | 'resume'
  | 'undelete'
  | 'attach'
  | 'detach'
  | 'resize'
  | 'rebuild'
  | 'snapshot'
  | 'restore';

interface Rule {
  /** Statuses that allow it. */
  readonly from: readonly Status[];
  /** Abilities that the engine needs. */
  readonly ability?: string;
  /** Why other statuses refuse it; the general reason of the status if absent. */
  readonly refusals?: Partial<Record<Status, string>>;
}

const SETTLED: Partial<Record<Status, string>> = { paused: t.paused };

/** The table of docs/internals.md, so that a button knows in advance what the service would refuse. */
const RULES: Readonly<Record<Change, Rule>> = {
  start: { from: ['stopped'], refusals: { running: t.runsAlready, paused: t.paused } },
  stop: { from: ['running', 'paused'], refusals: { stopped: t.stoppedAlready } },
  restart: { from: ['stopped'], refusals: { running: t.notStopped, paused: t.paused } },
  reboot: { from: ['running'], ability: 'reboot', refusals: { paused: t.paused } },
  pause: { from: ['running'], ability: 'pause', refusals: { paused: t.pausedAlready } },
  resume: {
    from: ['paused'],
    ability: 'pause',
    refusals: { running: t.notPaused, stopped: t.notPaused },
  },
  undelete: { from: ['deleted'] },
  attach: { from: ['running', 'stopped'], refusals: SETTLED },
  detach: { from: ['running', 'stopped'], refusals: SETTLED },
  resize: { from: ['running', 'stopped'], ability: 'resize', refusals: SETTLED },
  rebuild: { from: ['running', 'stopped', 'error'], ability: 'rebuild', refusals: SETTLED },
  snapshot: { from: ['running', 'paused', 'stopped'], ability: 'snapshots' },
  restore: { from: ['running', 'paused', 'stopped', 'error'], ability: 'snapshots' },
};

const GENERAL: Readonly<Record<Status, string>> = {
  creating: t.creating,
  running: t.notStopped,
  paused: t.paused,
  stopped: t.notRunning,
  restarting: t.restarting,
  error: t.error,
  deleted: t.deleted,
};

/** Why the service would refuse a change; undefined if it would not. In the order in which the service checks. */
export function reasonAgainst(change: Change, instance: Subject): string | undefined {
  const { status, abilities, activity } = instance;
  const { from, ability, refusals } = RULES[change];
  if (change === 'undelete') {
    if (status !== 'deleted') return t.notDeleted;
    if (instance.purgeAt === null) return t.isPurging;
  }
  if (ability !== undefined && status !== 'deleted' && !abilities.includes(ability)) return t.unsupported;
  const isAllowed = from.includes(status) || (change === 'stop' && waitsForRestart(instance));
  if (!isAllowed) return refusals?.[status] ?? GENERAL[status];
  if (change === 'rebuild' && hasNeverRun(instance)) return t.neverCreated;
  return activity ? t.busy(texts.tasks.type[activity.type]) : undefined;
}

/** Whether its restart policy will start it; the service shows that only in words. */
export function waitsForRestart({ status, statusReason }: Pick<Subject, 'status' | 'statusReason'>): boolean {
  return status === 'stopped' && statusReason !== null && /\(restart \d+ of \d+ after /.test(statusReason);
}

/** Whether its creation has failed, so that the engine has nothing of it. */
export function hasNeverRun({ status, statusReason }: Pick<Subject, 'status' | 'statusReason'>): boolean {
  return status === 'error' && statusReason !== null && statusReason.startsWith('create failed');
}
