import type { Command } from 'commander';
import type { Image } from 'uim-compute-client';
import { collected } from '../collected';
import { sessionOf, type CommandContext } from '../session';
import { define } from './define';

export function imagesCommand(context: CommandContext): Command {
  const examples = [['images -o wide', 'Show images with the users that can log in']] as const;
  return define({ name: 'images', summary: 'list images', examples }).action(
    async (_: object, command: Command) => {
      const session = sessionOf(command, context);
      const { client, signal } = session;
      const images = await collected(client.images({ signal }));
      const columns = [
        { title: 'ID', text: ({ id }: Image) => id, isFlexible: true },
        { title: 'TYPES', text: ({ types }: Image) => types.join(',') || '-' },
        { title: 'MIN VCPUS', text: ({ minimal }: Image) => String(minimal.vcpus) },
        { title: 'RAM GB', text: ({ minimal }: Image) => String(minimal.ramGB) },
        { title: 'DISK GB', text: ({ minimal }: Image) => String(minimal.diskGB) },
        { title: 'DESCRIPTION', text: ({ description }: Image) => description, isFlexible: true },
      ];
      await session.print({
        document: { images },
        rows: images,
        columns,
        wide: [
          ...columns,
          { title: 'NAME', text: ({ name }) => name },
          { title: 'USER', text: ({ defaultUser }) => defaultUser ?? '-' },
        ],
        name: ({ id }) => id,
      });
    },
  );
}
