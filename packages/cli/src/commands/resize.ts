import type { Command } from 'commander';
import { sessionOf, type CommandContext } from '../session';
import { changeEach, withChangeOptions, type ChangeOptions } from './change-options';
import { define } from './define';

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
      await changeEach(session, texts, options, {
        apply: (id) => client.resize(id, request, { signal }),
        check: (id) => client.dryRun.resize(id, request, { signal }),
      });
    });
}
