import type { Command } from 'commander';
import { sessionOf, type CommandContext } from '../session';
import { changeEach, withChangeOptions, type ChangeOptions } from './change-options';
import { define } from './define';

export function undeleteCommand(context: CommandContext): Command {
  const examples = [
    ['undelete web', 'Bring a deleted instance back, see: uim-compute list --deleted'],
    ['undelete web --dry-run', 'Check whether it would be possible'],
  ] as const;
  const summary = 'bring back deleted instances that are retained';
  return withChangeOptions(define({ name: 'undelete', summary, examples })).action(
    async (texts: string[], options: ChangeOptions, command: Command) => {
      const session = sessionOf(command, context);
      const { client, signal } = session;
      await changeEach(session, texts, options, {
        apply: (id) => client.undelete(id, { signal }),
        check: (id) => client.dryRun.undelete(id, { signal }),
        among: { deleted: true },
      });
    },
  );
}
