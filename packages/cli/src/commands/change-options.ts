import type { Command } from 'commander';
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
