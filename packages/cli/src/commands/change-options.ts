import type { Command } from 'commander';
import type { DryRunResult, Instance } from 'uim-compute-client';
import { onEachInstance } from '../each-instance';
import type { Among, Reference } from '../references';
import type { Session } from '../session';
import { waitFor } from '../waiting';
import { printDryRuns } from './dry-run';
import { seconds, WAIT_SECONDS } from './values';

export interface ChangeOptions {
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  readonly timeout: number;
}

export function withChangeOptions(command: Command): Command {
  return command
    .argument('<instance...>')
    .option('--dry-run', 'check whether it would be possible, and change nothing')
    .option('--wait', 'wait until it is done, even if the engine takes long')
    .option('--timeout <seconds>', 'maximum wait', seconds, WAIT_SECONDS);
}

/** A change that keeps the status of an instance, given its id. */
export interface Change {
  readonly apply: (id: string) => Promise<Instance>;
  readonly check: (id: string) => Promise<DryRunResult>;
  readonly among?: Among;
}

/** Changes each instance and prints it; with `--dry-run`, only checks that it is possible. */
export async function changeEach(
  session: Session,
  texts: readonly string[],
  { dryRun, wait, timeout }: ChangeOptions,
  { apply, check, among }: Change,
): Promise<void> {
  if (dryRun === true) {
    await printDryRuns(session, texts, ({ id }) => check(id), among);
    return;
  }
  const deadline = performance.now() + timeout * 1000;
  const change = async ({ id }: Reference): Promise<Instance | undefined> => {
    const instance = await apply(id);
    return wait === true ? waitFor(session, instance, { goal: 'settled', deadline }) : instance;
  };
  await onEachInstance(session, texts, change, among);
}
