import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { texts } from '../texts';
import { ProblemAlert } from './problem-alert';

export interface ConfirmDialogProps {
  readonly title: string;
  readonly text: ReactNode;
  readonly action: string;
  /** Must be typed first. */
  readonly typed?: string;
  readonly error?: unknown;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** Asks before something is lost. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  const { title, text, action, typed, error, isBusy, onConfirm, onClose, children } = props;
  const [input, setInput] = useState('');
  const isConfirmed = typed === undefined || input === typed;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isConfirmed) onConfirm();
  };
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" component="div" className="user-text">
            {text}
          </Text>
          {children}
          {typed !== undefined && (
            <TextInput
              label={texts.confirm.typeName(typed.length > 60 ? `${typed.slice(0, 60)}…` : typed)}
              classNames={{ label: 'user-text' }}
              value={input}
              onChange={(event) => setInput(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
          )}
          {error !== undefined && error !== null && <ProblemAlert error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.action.cancel}
            </Button>
            <Button type="submit" color="red" loading={isBusy} disabled={!isConfirmed}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
