import { Argument, Command } from 'commander';
import type { Terminal } from '../terminal';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

export function completionCommand(program: Command, terminal: Terminal): Command {
  return new Command('completion')
    .description('print a shell completion script; use it with: source <(uim-compute completion bash)')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .action((shell: Shell) => terminal.print(shell === 'fish' ? fish(program) : bash(program, shell)));
}

interface Flag {
  readonly long: string;
  readonly description: string;
  readonly values: readonly string[];
}

function flagsOf(command: Command): readonly Flag[] {
  return command.options.flatMap(({ long, description, argChoices }) =>
    typeof long !== 'string' ? [] : [{ long, description, values: argChoices ?? [] }],
  );
}

/** zsh loads bash completions with bashcompinit. */
function bash(program: Command, shell: 'bash' | 'zsh'): string {
  const global = flagsOf(program);
  const words = (flags: readonly Flag[]): string => [...flags.map(({ long }) => long), '--help'].join(' ');
  const choices = [...valuesByFlag(program)].map(
    ([long, values]) => `    ${long}) COMPREPLY=($(compgen -W "${values.join(' ')}" -- "$word")); return ;;`,
  );
  const commands = program.commands.map(
    (command) => `      ${command.name()}) words="${words([...flagsOf(command), ...global])}" ;;`,
  );
  return [
    ...(shell === 'zsh' ? ['autoload -U +X bashcompinit && bashcompinit'] : []),
    '_uim_compute() {',
    '  local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words="" each',
    '  case "$previous" in',
    ...choices,
    `    completion) COMPREPLY=($(compgen -W "${SHELLS.join(' ')}" -- "$word")); return ;;`,
    '  esac',
    '  for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "$each" in',
    ...commands,
    '    esac',
    '  done',
    `  [ -n "$words" ] || words="${program.commands.map((command) => command.name()).join(' ')} ${words(global)}"`,
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    '}',
    'complete -o default -F _uim_compute uim-compute',
  ].join('\n');
}

/** Accepted values by option name, merged across all commands. */
function valuesByFlag(program: Command): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { long, values } of [program, ...program.commands].flatMap(flagsOf)) {
    if (values.length > 0) found.set(long, [...new Set([...(found.get(long) ?? []), ...values])]);
  }
  return found;
}

function fish(program: Command): string {
  const line = (condition: string, rest: string): string =>
    `complete -c uim-compute -n '${condition}' ${rest}`;
  const flag = ({ long, description, values }: Flag): string =>
    `-l ${long.slice(2)} -d '${quoted(description)}'${values.length > 0 ? ` -xa '${values.join(' ')}'` : ''}`;
  return [
    'complete -c uim-compute -f',
    ...flagsOf(program).map((each) => line('true', flag(each))),
    ...program.commands.flatMap((command) => [
      line('__fish_use_subcommand', `-a ${command.name()} -d '${quoted(command.description())}'`),
      ...flagsOf(command).map((each) => line(`__fish_seen_subcommand_from ${command.name()}`, flag(each))),
    ]),
    line('__fish_seen_subcommand_from completion', `-a '${SHELLS.join(' ')}'`),
  ].join('\n');
}

function quoted(text: string): string {
  return text.replaceAll("'", "\\'");
}
