import type { Command } from 'commander';
import { url } from '../arguments';
import { CONNECTION_MEMBERS, ContextsFile, type Connection } from '../contexts-file';
import { rootOf, type GlobalOptions } from '../connection';
import { UsageError } from '../failures';
import { printResult } from '../output/result';
import type { CommandContext } from '../session';
import { define } from './define';

const NAME = /^[\w.@-]{1,64}$/;

export function contextCommand(context: CommandContext): Command {
  const examples = [
    ['context set prod --url https://cloud.example.com --tenant acme', 'Save a connection'],
    ['context set prod --token "$TOKEN"', 'Add a token to it'],
    ['context use prod', 'Use it from now on'],
    ['list --context test', 'Use another one once'],
  ] as const;
  const summary = 'list saved connections, save one, or switch to another';
  const file = new ContextsFile(context.environment);
  const command = define({ name: 'context', summary, examples });
  const listing = define({
    name: 'list',
    summary: 'list saved connections (default)',
    examples: [['context list', 'Show where the contexts lead, but no tokens']],
  });
  listing.action((_: object, self: Command) => list(file, context, rootOf(self).opts<GlobalOptions>()));
  command.addCommand(listing, { isDefault: true });
  command.addCommand(setCommand(file));
  command.addCommand(useCommand(file));
  command.addCommand(deleteCommand(file));
  return command;
}

/** Prints no tokens, only whether there are any. */
async function list(
  file: ContextsFile,
  { terminal }: CommandContext,
  { output }: GlobalOptions,
): Promise<void> {
  const { contexts, current } = file.read();
  const rows = [...contexts].map(([name, { url, tenant, token, gatewayToken }]) => ({
    name,
    isCurrent: name === current,
    url: url ?? null,
    tenant: tenant ?? null,
    hasToken: token !== undefined,
    hasGatewayToken: gatewayToken !== undefined,
  }));
  await printResult(terminal, output, {
    document: { contexts: rows },
    rows,
    columns: [
      { title: 'CURRENT', text: ({ isCurrent }) => (isCurrent ? '*' : '') },
      { title: 'NAME', text: ({ name }) => name },
      { title: 'URL', text: ({ url }) => url ?? '-', isFlexible: true },
      { title: 'TENANT', text: ({ tenant }) => tenant ?? '-', isFlexible: true },
      { title: 'TOKEN', text: ({ hasToken }) => (hasToken ? 'yes' : 'no') },
    ],
    name: ({ name }) => name,
  });
}

function setCommand(file: ContextsFile): Command {
  const summary = 'save a connection from --url, --tenant, --token and --gateway-token';
  return define({
    name: 'set',
    summary,
    examples: [
      ['context set prod --url https://cloud.example.com --tenant acme', 'Save a connection'],
      ['context set prod --token "$TOKEN"', 'Add a token to it'],
    ],
  })
    .argument('<name>')
    .action((name: string, _: object, self: Command) => {
      if (!NAME.test(name)) throw new UsageError('a name consists of 1 to 64 letters, digits, and . _ @ -');
      const root = rootOf(self);
      const given = root.opts<GlobalOptions>();
      const changes: Connection = Object.fromEntries(
        CONNECTION_MEMBERS.flatMap((member) =>
          // Not from environment variables, which may belong to another service.
          root.getOptionValueSource(member) === 'cli' ? [[member, given[member]]] : [],
        ),
      );
      if (changes.url !== undefined) url(changes.url);
      file.update(({ contexts, current = name }) => {
        if (!contexts.has(name) && changes.url === undefined)
          throw new UsageError('a new context needs --url');
        return { current, contexts: new Map(contexts).set(name, { ...contexts.get(name), ...changes }) };
      });
    });
}

function useCommand(file: ContextsFile): Command {
  return define({
    name: 'use',
    summary: 'use a saved connection from now on',
    examples: [['context use prod', 'Switch to another service or tenant']],
  })
    .argument('<context>')
    .action((name: string) => {
      file.update(({ contexts }) => {
        assertKnown(contexts, name);
        return { current: name, contexts };
      });
    });
}

function deleteCommand(file: ContextsFile): Command {
  return define({
    name: 'delete',
    summary: 'forget a saved connection',
    examples: [['context delete prod', 'Forget the address and the tokens']],
  })
    .argument('<context>')
    .action((name: string) => {
      file.update(({ contexts, current }) => {
        assertKnown(contexts, name);
        const others = new Map([...contexts].filter(([each]) => each !== name));
        return { contexts: others, ...(current !== undefined && current !== name && { current }) };
      });
    });
}

function assertKnown(contexts: ReadonlyMap<string, Connection>, name: string): void {
  if (!contexts.has(name)) throw new UsageError(`no context is named ${name}`);
}
