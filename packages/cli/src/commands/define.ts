import { Command } from 'commander';

export interface Definition {
  readonly name: string;
  readonly summary: string;
  /** Command lines without the name of the program, and what each does. */
  readonly examples?: readonly (readonly [line: string, effect: string])[];
}

/** A command whose help ends with examples. */
export function define({ name, summary, examples = [] }: Definition): Command {
  const command = new Command(name).description(summary);
  if (examples.length === 0) return command;
  const lines = examples.flatMap(([line, effect]) => [`  # ${effect}`, `  uim-compute ${line}`]);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}
