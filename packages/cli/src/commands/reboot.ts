import type { Command } from 'commander';
import { sessionOf, type CommandContext } from '../session';
import { changeEach, withChangeOptions, type ChangeOptions } from './change-options';
import { define } from './define';

interface RebootOptions extends ChangeOptions {
  readonly hard?: boolean;
}

export function rebootCommand(context: CommandContext): Command {
  const examples = [
    ['reboot web', 'Shut an instance down and start it again'],
    ['reboot web --hard', 'The same without shutting it down, if it hangs'],
  ] as const;
  return withChangeOptions(define({ name: 'reboot', summary: 'reboot running instances', examples }))
    .option('--hard', 'end the guest at once, like a power cut')
    .action(async (texts: string[], options: RebootOptions, command: Command) => {
      const session = sessionOf(command, context);
      const { client, signal } = session;
      const request = { type: options.hard === true ? 'hard' : 'soft' } as const;
      await changeEach(session, texts, options, {
        apply: (id) => client.reboot(id, request, { signal }),
        check: (id) => client.dryRun.reboot(id, request, { signal }),
      });
    });
}
