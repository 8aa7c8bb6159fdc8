export const RESTART_CONDITIONS = ['never', 'on-failure'] as const;

/** What the service does when the guest of an instance fails. */
export interface RestartPolicy {
  readonly condition: (typeof RESTART_CONDITIONS)[number];
  /** How often in a row the instance is restarted, 1..100. */
  readonly maxRestarts: number;
}

export const DEFAULT_RESTART_POLICY: RestartPolicy = { condition: 'never', maxRestarts: 5 };
export const MAX_RESTARTS = 100;
