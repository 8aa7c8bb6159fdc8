import type { Command } from 'commander';
import { printFields } from '../output/result';
import { sessionOf, type CommandContext } from '../session';
import { define } from './define';

export function whoamiCommand(context: CommandContext): Command {
  const summary = 'show the tenant that you act as, and whether you are an operator';
  const examples = [['whoami', 'Show who you are to the service']] as const;
  return define({ name: 'whoami', summary, examples }).action(async (_: object, command: Command) => {
    const { client, signal, terminal, format } = sessionOf(command, context);
    const caller = await client.caller({ signal });
    await printFields(terminal, format, {
      document: caller,
      name: caller.tenantId,
      fields: [
        ['Tenant', caller.tenantId],
        ['Actor', caller.actor],
        ['Operator', caller.isOperator ? 'yes' : 'no'],
      ],
    });
  });
}
