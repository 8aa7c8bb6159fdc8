import type { Command } from 'commander';
import type { Instance } from 'uim-compute-client';
import { onEachInstance } from '../each-instance';
import { sessionOf, type CommandContext } from '../session';
import { waitFor } from '../waiting';
import { define } from './define';
import { printDryRuns } from './dry-run';
import { withChangeOptions, type ChangeOptions } from './change-options';

interface ResizeOptions extends ChangeOptions {
  readonly flavor: string;
  readonly allowRestart?: boolean;
}

export function resizeCommand(context: CommandContext): Command {
  const examples = [
    ['resize web --flavor large', 'Give an instance more resources, without a restart'],
    ['resize web db --flavor small --allow-restart', 'Restart two instances if that is necessary'],
  ] as const;
  return withChangeOptions(define({ name: 'resize', summary: 'give instances another flavor', examples }))
    .requiredOption('--flavor <flavor>', 'new flavor, see: uim-compute flavors')
    .option('--allow-restart', 'restart instances that cannot be resized while they run')
    .action(async (texts: string[], options: ResizeOptions, command: Command) => {
      const session = sessionOf(command, context);
      const { client, signal } = session;
      const { flavor, allowRestart = false } = options;
      const request = { flavor, allowRestart };
      if (options.dryRun === true) {
        await printDryRuns(session, texts, ({ id }) => client.dryRun.resize(id, request, { signal }));
        return;
      }
      const deadline = performance.now() + options.timeout * 1000;
      await onEachInstance(session, texts, async ({ id }): Promise<Instance | undefined> => {
        const instance = await client.resize(id, request, { signal });
        if (options.wait !== true || instance.flavor === flavor) return instance;
        return waitFor(session, instance, { goal: 'settled', deadline });
      });
    });
}
