import type { Argument, Command, Option } from 'commander';
import type { Instance } from 'uim-compute-client';
import { collected } from '../collected';
import { ContextsFile } from '../contexts-file';
import { shortId } from '../instance-columns';
import { visible } from '../output/sanitize';
import { ID_PART } from '../references';
import { sessionOf, type CommandContext } from '../session';

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What to complete: options of a command, its subcommands, or values of an option or argument. */
interface Position {
  readonly command: Command;
  /** Arguments of the command before the last word. */
  readonly argumentCount: number;
  /** The option that the last word is the value of. */
  readonly option: Option | undefined;
}

const MAX_DESCRIPTION = 100;
const MAX_CANDIDATES = 200;
/** What no shell needs to quote: not all do. */
const SAFE = /^[\w.@:/+=-]+$/;
/** Names that tenants choose must not look like options either. */
const SAFE_NAME = /^[\w.@/+][\w.@:/+-]*$/;

/** Candidates for the last word. Words are those after the name of the program. */
export async function candidatesFor(
  program: Command,
  words: readonly string[],
  context: CommandContext,
): Promise<readonly Candidate[]> {
  const last = words.at(-1) ?? '';
  const position = positionOf(program, words.slice(0, -1));
  const candidates = (await withEquals(position, last, context)) ?? (await allAt(position, last, context));
  return candidates
    .filter(({ value }) => value.startsWith(last) && SAFE.test(value) && isOption(value) === isOption(last))
    .slice(0, MAX_CANDIDATES)
    .map(({ value, description }) => ({
      value,
      description: visible(description.slice(0, MAX_DESCRIPTION).replaceAll(/\s+/g, ' ')),
    }));
}

/** A value that looks like an option would be taken for one. */
function isOption(word: string): boolean {
  return word.startsWith('-');
}

function positionOf(program: Command, words: readonly string[]): Position {
  let command = program;
  let argumentCount = 0;
  let option: Option | undefined;
  for (const word of words) {
    if (option) {
      // For example another context, whose instances are then the candidates.
      if (program.options.includes(option))
        program.setOptionValueWithSource(option.attributeName(), word, 'cli');
      option = undefined;
      continue;
    }
    if (word.startsWith('-')) {
      option = takingValue(command, word);
      continue;
    }
    const next = argumentCount === 0 ? childOf(command, word) : undefined;
    if (next) command = next;
    else argumentCount++;
  }
  return { command, argumentCount, option };
}

function childOf(command: Command, word: string): Command | undefined {
  return command.commands.find((each) => each.name() === word || each.aliases().includes(word));
}

/** The option of this name, if its value is the next word. */
function takingValue(command: Command, word: string): Option | undefined {
  return optionsOf(command).find(
    ({ long, short, required, optional }) => (required || optional) && [long, short].includes(word),
  );
}

function optionsOf(command: Command): readonly Option[] {
  return command.parent ? [...command.options, ...optionsOf(command.parent)] : command.options;
}

/** Candidates for the value in `--option=value`; undefined if the word is something else. */
async function withEquals(
  { command, option }: Position,
  last: string,
  context: CommandContext,
): Promise<readonly Candidate[] | undefined> {
  const [, name] = /^(--[^=]+)=/.exec(last) ?? [];
  const named = option || name === undefined ? undefined : takingValue(command, name);
  if (!named) return undefined;
  return (await valuesOfOption(named, command, context)).map(({ value, description }) => ({
    value: `${name}=${value}`,
    description,
  }));
}

async function valuesOfOption(
  option: Option,
  command: Command,
  context: CommandContext,
): Promise<readonly Candidate[]> {
  return option.argChoices?.map(plain) ?? valuesOf(placeholderOf(option), command, context);
}

async function allAt(
  { command, argumentCount, option }: Position,
  last: string,
  context: CommandContext,
): Promise<readonly Candidate[]> {
  if (option) return valuesOfOption(option, command, context);
  if (last.startsWith('-')) {
    const help = { value: '--help', description: 'display help for command' };
    const options = optionsOf(command).map(({ long, description }) => ({ value: long ?? '', description }));
    return [...options, help];
  }
  const subcommands =
    argumentCount === 0 ? command.commands.filter((each) => !each.name().startsWith('__')) : [];
  const argument = argumentAt(command, argumentCount);
  return [
    ...subcommands.map((each) => ({ value: each.name(), description: each.description() })),
    ...(argument?.argChoices?.map(plain) ?? (await valuesOf(argument?.name(), command, context))),
  ];
}

function argumentAt({ registeredArguments }: Command, index: number): Argument | undefined {
  const last = registeredArguments.at(-1);
  return registeredArguments[index] ?? (last?.variadic === true ? last : undefined);
}

/** What the help calls the value, e.g. `instance` of `--instance <instance>`. */
function placeholderOf({ flags }: Option): string | undefined {
  return /<(\w+)>/.exec(flags)?.[1];
}

function plain(value: string): Candidate {
  return { value, description: '' };
}

async function valuesOf(
  kind: string | undefined,
  command: Command,
  context: CommandContext,
): Promise<readonly Candidate[]> {
  if (kind === 'context') return [...new ContextsFile(context.environment).read().contexts.keys()].map(plain);
  const { client } = sessionOf(command, context);
  const { signal } = context;
  switch (kind) {
    case 'instance': {
      const instances = await collected(
        client.list({}, { signal, pageSize: MAX_CANDIDATES }),
        MAX_CANDIDATES,
      );
      const isUnique = ({ name }: Instance): boolean =>
        instances.filter((each) => each.name === name).length === 1;
      return instances.map((instance) => ({
        // The ID if the name is ambiguous or needs quoting.
        value:
          isUnique(instance) && SAFE_NAME.test(instance.name) && !ID_PART.test(instance.name)
            ? instance.name
            : shortId(instance.id),
        description: `${instance.type}, ${instance.status}`,
      }));
    }
    case 'webhook':
      return (await client.webhooks.list({ signal })).map(({ id, url }) => ({
        value: shortId(id),
        description: url,
      }));
    case 'flavor':
      return (await client.flavors({ signal })).map(({ name, description }) => ({
        value: name,
        description,
      }));
    case 'image':
      return (await collected(client.images({ signal }), MAX_CANDIDATES)).map(({ id, name }) => ({
        value: id,
        description: name,
      }));
    case undefined:
    default:
      return [];
  }
}
