import type { Command } from 'commander';
import { readFileOf } from '../guest';
import { sessionOf, type CommandContext } from '../session';
import { changeEach, withChangeOptions, type ChangeOptions } from './change-options';
import { define } from './define';

interface RebuildOptions extends ChangeOptions {
  readonly image: string;
  readonly userData?: string;
}

export function rebuildCommand(context: CommandContext): Command {
  const examples = [
    ['rebuild web --image debian-12', 'Replace the disk of an instance; what is on it is lost'],
    ['rebuild web --image debian-12 --user-data new.yaml', 'Also with other user data for cloud-init'],
  ] as const;
  return withChangeOptions(define({ name: 'rebuild', summary: 'give instances another image', examples }))
    .requiredOption('--image <image>', 'new image, see: uim-compute images')
    .option('--user-data <file>', 'file with new user data for cloud-init (vm only)')
    .action(async (texts: string[], options: RebuildOptions, command: Command) => {
      const session = sessionOf(command, context);
      const { client, signal } = session;
      const { image: imageId, userData } = options;
      const request = { imageId, ...(userData !== undefined && { userData: await readFileOf(userData) }) };
      await changeEach(session, texts, options, {
        apply: (id) => client.rebuild(id, request, { signal }),
        check: (id) => client.dryRun.rebuild(id, request, { signal }),
      });
    });
}
