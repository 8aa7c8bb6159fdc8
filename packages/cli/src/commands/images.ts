import type { Command } from 'commander';
import type { Image } from 'uim-compute-client';
import { collected } from '../collected';
import { printFields } from '../output/result';
import { sessionOf, type CommandContext, type Session } from '../session';
import { define } from './define';
import { findSnapshot } from './snapshots';

interface PublishOptions {
  readonly name?: string;
  readonly description?: string;
}

export function imagesCommand(context: CommandContext): Command {
  const examples = [
    ['images -o wide', 'Show images with the users that can log in'],
    ['images publish web-golden before-upgrade', 'Make an image of a snapshot'],
    ['create web2 --flavor small --image web-golden', 'Create an instance from it'],
  ] as const;
  const summary = 'list images, or make them of snapshots';
  const command = define({ name: 'images', summary, examples }).alias('image');
  command.addCommand(listCommand(context), { isDefault: true });
  command.addCommand(getCommand(context));
  command.addCommand(publishCommand(context));
  command.addCommand(deleteCommand(context));
  return command;
}

function listCommand(context: CommandContext): Command {
  const examples = [['images list -o wide', 'Show images with the users that can log in']] as const;
  return define({ name: 'list', summary: 'list images (default)', examples }).action(
    async (_: object, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const images = await collected(client.images({ signal }));
      await print(session, images, { images });
    },
  );
}

function getCommand(context: CommandContext): Command {
  const examples = [['images get web-golden', 'Show everything about an image']] as const;
  return define({ name: 'get', summary: 'show an image', examples })
    .argument('<image>')
    .action(async (id: string, _: object, self: Command) => {
      const { client, signal, terminal, format } = sessionOf(self, context);
      const image = await client.ownImages.get(id, { signal });
      const { types, minimal, ...plain } = image;
      await printFields(terminal, format, {
        document: image,
        name: image.id,
        fields: [
          ...Object.entries(plain).map(([name, value]) => [name, value ?? ''] as const),
          ['types', types.join(',')],
          ...Object.entries(minimal).map(([name, value]) => [`minimal.${name}`, String(value)] as const),
        ],
      });
    });
}

function publishCommand(context: CommandContext): Command {
  const examples = [
    ['images publish web-golden before-upgrade', 'Make an image of a snapshot'],
    ['images publish web-golden before-upgrade --description "For shops"', 'Say what it is for'],
  ] as const;
  return define({ name: 'publish', summary: 'make an image of a snapshot, for your tenant', examples })
    .argument('<image>', 'its ID')
    .argument('<snapshot>')
    .option('--name <name>', 'name of the image (default: its ID)')
    .option('--description <text>', 'what it is for')
    .action(async (id: string, snapshot: string, options: PublishOptions, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const { id: snapshotId } = await findSnapshot(session, snapshot);
      const { name = id, description } = options;
      const image = await client.ownImages.publish({ id, snapshotId, name, description }, { signal });
      await print(session, [image], image);
    });
}

function deleteCommand(context: CommandContext): Command {
  const examples = [['images delete web-golden', 'Delete an image; its snapshot stays']] as const;
  return define({ name: 'delete', summary: 'delete an image of your tenant', examples })
    .argument('<image>')
    .action(async (id: string, _: object, self: Command) => {
      const { client, signal } = sessionOf(self, context);
      await client.ownImages.delete(id, { signal });
    });
}

async function print(session: Session, images: readonly Image[], document: unknown): Promise<void> {
  const columns = [
    { title: 'ID', text: ({ id }: Image) => id, isFlexible: true },
    { title: 'TYPES', text: ({ types }: Image) => types.join(',') || '-' },
    { title: 'MIN VCPUS', text: ({ minimal }: Image) => String(minimal.vcpus) },
    { title: 'RAM GB', text: ({ minimal }: Image) => String(minimal.ramGB) },
    { title: 'DISK GB', text: ({ minimal }: Image) => String(minimal.diskGB) },
    { title: 'DESCRIPTION', text: ({ description }: Image) => description, isFlexible: true },
  ];
  await session.print({
    document,
    rows: images,
    columns,
    wide: [
      ...columns,
      { title: 'NAME', text: ({ name }) => name },
      { title: 'USER', text: ({ defaultUser }) => defaultUser ?? '-' },
      { title: 'SNAPSHOT', text: ({ snapshotId }) => snapshotId ?? '-' },
    ],
    name: ({ id }) => id,
  });
}
