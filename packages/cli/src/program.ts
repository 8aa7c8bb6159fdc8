import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { url } from './arguments';
import { completionCommand } from './commands/completion';
import { consoleCommand } from './commands/console';
import { createCommand } from './commands/create';
import { eventsCommand } from './commands/events';
import { instanceCommands } from './commands/instances';
import { lookupCommands } from './commands/lookups';
import { statsCommand } from './commands/stats';
import { EXIT, failureOf } from './failures';
import type { GlobalOptions, CommandContext } from './session';
import type { Terminal } from './terminal';

const DEFAULT_URL = 'http://localhost:8081';

const EXIT_CODES = `
Exit codes:
  0  success
  1  refused or failed
  2  invalid command line
  3  not found
  4  unavailable or busy; the same command can succeed later
  5  timed out`;

/** Runs a command line and returns its exit code. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const interrupted = new AbortController();
  const onInterrupt = (): void => interrupted.abort();
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  const program = programOf({ terminal, signal: interrupted.signal });
  try {
    await program.parseAsync([...argv]);
    return interrupted.signal.aborted ? EXIT.interrupted : EXIT.ok;
  } catch (error) {
    return interrupted.signal.aborted
      ? EXIT.interrupted
      : printFailure(error, program.opts<GlobalOptions>(), terminal);
  } finally {
    terminal.endProgress();
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}

function printFailure(error: unknown, { url: base, verbose }: GlobalOptions, terminal: Terminal): number {
  const { exitCode, lines, problem } = failureOf(error, base);
  for (const line of lines) terminal.printError(line);
  if (verbose === true && problem) terminal.printError(JSON.stringify(problem, null, 2));
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
  const program = new Command('uim-compute')
    .description('Create, start, stop and delete virtual machines and containers')
    .addOption(
      new Option('--url <url>', 'base URL of the service')
        .env('UIM_COMPUTE_URL')
        .default(DEFAULT_URL)
        .argParser(url),
    )
    .addOption(new Option('--tenant <id>', 'tenant to act as').env('UIM_COMPUTE_TENANT'))
    .addOption(new Option('--token <token>', 'bearer token').env('UIM_COMPUTE_TOKEN'))
    .addOption(
      new Option('--gateway-token <token>', "the gateway's token, if the service requires one").env(
        'UIM_COMPUTE_GATEWAY_TOKEN',
      ),
    )
    .addOption(new Option('-o, --output <form>', 'output format').choices(['table', 'json']).default('table'))
    .version(version(), '-V, --version', 'print the version')
    .option('-v, --verbose', 'print the full problem document of an error')
    .addHelpText('after', EXIT_CODES);
  const commands = [
    ...instanceCommands(context),
    createCommand(context),
    eventsCommand(context),
    consoleCommand(context),
    statsCommand(context),
    ...lookupCommands(context),
  ];
  for (const command of commands) program.addCommand(command);
  program.addCommand(completionCommand(program, terminal));
  // Set on each command, because only commands created afterwards would inherit it.
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.printError(text.trimEnd()),
    });
  }
  return program;
}
