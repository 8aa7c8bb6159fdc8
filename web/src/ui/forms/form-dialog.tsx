import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import { texts } from '../../texts';
import { ProblemAlert } from '../problem-alert';
import { isShownBeside, type FieldErrors } from './field-errors';

export interface FormDialogProps {
  readonly title: string;
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  /** Refusals that `fields` show; the rest is shown above the buttons. */
  readonly fieldErrors?: FieldErrors;
  readonly fields?: readonly string[];
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const NO_ERRORS: FieldErrors = {};

/** A form in a dialog. What the service refuses is shown in it, and what was typed stays. */
export function FormDialog(props: FormDialogProps): ReactNode {
  const { title, action, isBusy, error, fieldErrors = NO_ERRORS, fields = [], onSubmit, onClose } = props;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isBusy) onSubmit();
  };
  const isRefused = error !== null && error !== undefined;
  return (
    <Modal opened onClose={onClose} title={title} size="lg" classNames={{ title: 'user-text' }}>
      <form onSubmit={submit}>
        <Stack>
          {props.children}
          {isRefused && !isShownBeside(fieldErrors, fields) && <ProblemAlert error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.action.cancel}
            </Button>
            <Button type="submit" loading={isBusy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
