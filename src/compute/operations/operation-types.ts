import type { ResourceType } from '../resources';

/** The properties of an operation type that the queue depends on. The work itself is done by the type's handler. */
export interface OperationTraits {
  /** No request waits for it: a tenant's other operations go first. */
  readonly isBackground: boolean;
  /** It is retried until it succeeds while an engine or platform service is unavailable. */
  readonly isPersistent: boolean;
  /** The newest version of its arguments that this replica can read. */
  readonly argsVersion: number;
  /** What it is about. */
  readonly resourceType: ResourceType;
}

const AWAITED: OperationTraits = {
  isBackground: false,
  isPersistent: false,
  argsVersion: 1,
  resourceType: 'instance',
};
const BACKGROUND: OperationTraits = { ...AWAITED, isBackground: true };

const TRAITS = {
  create: BACKGROUND,
  start: AWAITED,
  stop: AWAITED,
  restart: BACKGROUND,
  reboot: AWAITED,
  pause: AWAITED,
  resume: AWAITED,
  delete: { ...AWAITED, isPersistent: true },
  retain: { ...AWAITED, isPersistent: true },
  undelete: AWAITED,
  attach: AWAITED,
  detach: AWAITED,
  resize: AWAITED,
  rebuild: AWAITED,
  snapshot: BACKGROUND,
  restore: AWAITED,
  cleanup: { ...BACKGROUND, isPersistent: true },
  delete_snapshot: { ...AWAITED, isPersistent: true, resourceType: 'snapshot' },
} as const satisfies Readonly<Record<string, OperationTraits>>;

export type OperationType = keyof typeof TRAITS;

export const OPERATION_TYPES: readonly OperationType[] = Object.keys(TRAITS).filter(isOperationType);

function isOperationType(name: string): name is OperationType {
  return Object.hasOwn(TRAITS, name);
}

export function traitsOf(type: OperationType): OperationTraits {
  return TRAITS[type];
}

/**
 * The operations that this replica can run, as `<resource type>.<operation type>` with the newest version of its
 * arguments. It leaves all others to replicas of a newer version.
 */
export function knownOperations(): Readonly<Record<string, number>> {
  return Object.fromEntries(
    OPERATION_TYPES.map(
      (type) => [`${TRAITS[type].resourceType}.${type}`, TRAITS[type].argsVersion] as const,
    ),
  );
}
