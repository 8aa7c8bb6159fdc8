import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option, type Argument } from 'commander';
import { attachmentCommands } from './commands/attachments';
import { capacityCommand } from './commands/capacity';
import { candidatesCommand, completionCommand } from './commands/completion';
import { consoleCommand } from './commands/console';
import { contextCommand } from './commands/context';
import { createCommand } from './commands/create';
import { eventsCommand } from './commands/events';
import { execCommand } from './commands/exec';
import { flavorsCommand } from './commands/flavors';
import { imagesCommand } from './commands/images';
import { instanceCommands } from './commands/instances';
import { listCommand } from './commands/list';
import { operationsCommand } from './commands/operations';
import { auditCommand } from './commands/audit';
import { orphansCommand } from './commands/orphans';
import { quotasCommand } from './commands/quotas';
import { rebootCommand } from './commands/reboot';
import { rebuildCommand } from './commands/rebuild';
import { snapshotCommand } from './commands/snapshots';
import { resizeCommand } from './commands/resize';
import { sshCommand } from './commands/ssh';
import { statsCommand } from './commands/stats';
import { tenantsCommand } from './commands/tenants';
import { undeleteCommand } from './commands/undelete';
import { warmPoolsCommand } from './commands/warm-pools';
import { webhooksCommand } from './commands/webhooks';
import { whoamiCommand } from './commands/whoami';
import { DEFAULT_URL, type GlobalOptions } from './connection';
import { EXIT, failureOf, printFailure } from './failures';
import type { Streams } from './interactive/streams';
import { FORMATS } from './output/result';
import { jsonText } from './output/sanitize';
import type { Terminal } from './output/terminal';
import type { CommandContext } from './session';

const NOTES = `
Examples:
  # Create a container, and wait until it runs
  uim-compute create web --type container --flavor small --image nginx --wait
  # Show all instances
  uim-compute list
  # Save where the service is, and who you are
  uim-compute context set prod --url https://cloud.example.com --tenant acme

Instances are given by name, by ID, or by the start or end of an ID.

Exit codes:
  0  success
  1  refused or failed
  2  invalid command line
  3  not found
  4  unavailable or busy; the same command can succeed later
  5  timed out`;

export interface Invocation {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly streams: Streams;
}

/** Runs a command line and returns its exit code. */
export async function run({ argv, environment, terminal, streams }: Invocation): Promise<number> {
  const interrupted = new AbortController();
  const ended = new AbortController();
  const onInterrupt = (): void => interrupted.abort();
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  const signal = AbortSignal.any([interrupted.signal, ended.signal]);
  // Every request listens to it.
  setMaxListeners(0, signal);
  const context: CommandContext = { terminal, streams, environment, signal, baseUrl: DEFAULT_URL };
  const program = programOf(context);
  try {
    await program.parseAsync([...argv]);
    return interrupted.signal.aborted ? EXIT.interrupted : EXIT.ok;
  } catch (error) {
    if (!interrupted.signal.aborted) return report(error, program.opts<GlobalOptions>(), context);
    if (context.interruptNote !== undefined) terminal.printError(context.interruptNote);
    return EXIT.interrupted;
  } finally {
    // Ends streams that a failed command has left open.
    ended.abort();
    terminal.endProgress();
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}

function report(
  error: unknown,
  { output, verbose }: GlobalOptions,
  { terminal, baseUrl }: CommandContext,
): number {
  const failure = failureOf(error, baseUrl);
  printFailure(terminal, failure, { format: output });
  const { problem, exitCode } = failure;
  const isPrinted = output === 'json' || output === 'yaml';
  if (verbose === true && problem && !isPrinted) terminal.printError(jsonText(problem));
  return exitCode;
}

/** Version of the package. `package.json` is one directory up, in the sources and in the build. */
function version(): string {
  const file = join(__dirname, '..', 'package.json');
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const isPackage = typeof content === 'object' && content !== null && 'version' in content;
  if (!isPackage || typeof content.version !== 'string') throw new Error(`${file} has no version`);
  return content.version;
}

function programOf(context: CommandContext): Command {
  const { terminal } = context;
  const program = withGlobalOptions(new Command('uim-compute'))
    .description('Create, start, stop and delete virtual machines and containers')
    .version(version(), '-V, --version', 'print the version')
    .addHelpText('after', NOTES);
  const groups: readonly (readonly [heading: string, commands: readonly Command[]])[] = [
    [
      'Instances:',
      [
        createCommand(context),
        listCommand(context),
        ...instanceCommands(context),
        undeleteCommand(context),
        rebootCommand(context),
        resizeCommand(context),
        rebuildCommand(context),
        snapshotCommand(context),
      ],
    ],
    [
      'Inside and around an instance:',
      [
        execCommand(context),
        consoleCommand(context),
        sshCommand(context),
        statsCommand(context),
        ...attachmentCommands(context),
      ],
    ],
    ['What happens:', [eventsCommand(context), operationsCommand(context), webhooksCommand(context)]],
    [
      'What is available:',
      [flavorsCommand(context), imagesCommand(context), quotasCommand(context), capacityCommand(context)],
    ],
    [
      'Operators:',
      [tenantsCommand(context), auditCommand(context), orphansCommand(context), warmPoolsCommand(context)],
    ],
    ['This tool:', [contextCommand(context), whoamiCommand(context), completionCommand(context)]],
  ];
  for (const [heading, commands] of groups)
    for (const command of commands) program.addCommand(command.helpGroup(heading));
  program.addCommand(candidatesCommand(program, context), { hidden: true });
  program.commandsGroup('This tool:');
  setUp(program, terminal);
  return program;
}

function withGlobalOptions(program: Command): Command {
  return program
    .addOption(new Option('--context <context>', 'saved connection to use').env('UIM_COMPUTE_CONTEXT'))
    .addOption(
      new Option('--url <url>', `base URL of the service (default: ${DEFAULT_URL})`).env('UIM_COMPUTE_URL'),
    )
    .addOption(new Option('--tenant <id>', 'tenant to act as').env('UIM_COMPUTE_TENANT'))
    .addOption(new Option('--token <token>', 'bearer token').env('UIM_COMPUTE_TOKEN'))
    .addOption(
      new Option('--gateway-token <token>', "the gateway's token, if the service requires one").env(
        'UIM_COMPUTE_GATEWAY_TOKEN',
      ),
    )
    .addOption(new Option('-o, --output <format>', 'output format').choices(FORMATS).default('table'))
    .option('-v, --verbose', 'print the full problem document of an error');
}

/** Without `[options]` and aliases, which every page shows, so that the list fits 80 columns. */
function termOf(command: Command): string {
  return [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' ');
}

function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** Set on each command, because only commands created afterwards would inherit it. */
function setUp(command: Command, terminal: Terminal): void {
  command
    .exitOverride()
    .configureHelp({ subcommandTerm: termOf })
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.printError(text.trimEnd()),
    });
  for (const each of command.commands) setUp(each, terminal);
}
