import { Button, Group, TextInput } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { texts } from '../../../texts';
import { parseCommand } from './parse-command';

const t = texts.consoles;

export interface CommandFormProps {
  readonly hasTerminal: boolean;
  readonly onRun: (command: readonly string[]) => void;
}

/** Asks for the command to run: a shell, unless there is no terminal to type into. */
export function CommandForm({ hasTerminal, onRun }: CommandFormProps): ReactNode {
  const [line, setLine] = useState(hasTerminal ? 'sh' : 'uname -a');
  const [error, setError] = useState<string>();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const command = parseCommand(line);
    const mistake = mistakeIn(command);
    setError(mistake);
    if (command !== 'open-quote' && mistake === undefined) onRun(command);
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-start" gap="xs">
        <TextInput
          label={t.command}
          description={hasTerminal ? t.commandHint : `${t.commandHint} ${t.commandHintBatch}`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          flex="1 1 260px"
          value={line}
          error={error}
          maxLength={4096}
          autoComplete="off"
          spellCheck={false}
          // Enter runs it.
          autoFocus
          onChange={(event) => setLine(event.currentTarget.value)}
        />
        <Button type="submit" mt={25}>
          {t.run}
        </Button>
      </Group>
    </form>
  );
}

function mistakeIn(command: ReturnType<typeof parseCommand>): string | undefined {
  if (command === 'open-quote') return t.openQuote;
  return command.length === 0 ? t.enterCommand : undefined;
}
