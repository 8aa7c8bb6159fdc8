import { Argument, type Command } from 'commander';
import { candidatesFor } from '../completion/candidates';
import { scriptFor, SHELLS, type Shell } from '../completion/scripts';
import { EXIT } from '../failures';
import type { CommandContext } from '../session';
import { define } from './define';

const LOOKUP_MS = 2000;

/** The script of a shell calls the hidden command for the candidates. */
export function completionCommand({ terminal }: CommandContext): Command {
  const examples = [
    ['completion bash >> ~/.bash_completion', 'Install it for bash'],
    ['completion zsh > "${fpath[1]}/_uim-compute"', 'Install it for zsh'],
    ['completion fish > ~/.config/fish/completions/uim-compute.fish', 'Install it for fish'],
  ] as const;
  const summary = 'print a shell script that completes commands, options, instances, flavors and images';
  return define({ name: 'completion', summary, examples })
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .action((shell: Shell) => terminal.print(scriptFor(shell)));
}

export function candidatesCommand(program: Command, context: CommandContext): Command {
  return define({ name: '__complete', summary: 'print candidates for the last word' })
    .argument('[words...]')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (words: string[]) => {
      // Whatever the service does, a shell must not wait for it.
      const timer = setTimeout(() => process.exit(EXIT.timeout), LOOKUP_MS);
      for (const { value, description } of await candidatesFor(program, words, context))
        context.terminal.print(description === '' ? value : `${value}\t${description}`);
      clearTimeout(timer);
    });
}
