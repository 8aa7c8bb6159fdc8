import { InvalidArgumentError } from 'commander';
import type { Instance } from 'uim-compute-client';

type RestartPolicy = Instance['restartPolicy'];

export interface GivenRestartPolicy {
  readonly condition: RestartPolicy['condition'];
  readonly maxRestarts?: number;
}

const MAX_RESTARTS = 100;

/** Parses `never`, `on-failure` or `on-failure:3`. */
export function restartPolicy(text: string): GivenRestartPolicy {
  if (text === 'never') return { condition: text };
  const match = /^on-failure(?::(?<count>\d{1,3}))?$/.exec(text);
  const count = match?.groups?.['count'];
  const maxRestarts = count === undefined ? undefined : Number(count);
  if (!match || (maxRestarts !== undefined && (maxRestarts < 1 || maxRestarts > MAX_RESTARTS)))
    throw new InvalidArgumentError(
      `Must be never, on-failure, or on-failure:<n> with n from 1 to ${MAX_RESTARTS}.`,
    );
  return { condition: 'on-failure', ...(maxRestarts !== undefined && { maxRestarts }) };
}

export function restartPolicyOf({ condition, maxRestarts }: RestartPolicy): string {
  return condition === 'never' ? condition : `${condition}:${maxRestarts}`;
}
