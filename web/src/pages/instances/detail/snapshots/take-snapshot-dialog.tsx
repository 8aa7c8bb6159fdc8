import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import type { CreateSnapshot, InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { fieldError, isShownAtFields } from '../field-errors';
import { useInstanceChange } from '../use-instance-change';

const t = texts.instance.snapshots;
const FIELDS = ['name', 'includeMemory', 'quiesce'] as const;

export interface TakeSnapshotDialogProps {
  readonly instance: InstanceDetails;
  readonly onClose: () => void;
}

/** Asks what the snapshot contains. */
export function TakeSnapshotDialog({ instance, onClose }: TakeSnapshotDialogProps): ReactNode {
  const [name, setName] = useState('');
  const [includeMemory, setIncludeMemory] = useState(false);
  const [quiesce, setQuiesce] = useState(false);
  const take = useInstanceChange<CreateSnapshot>(
    instance.id,
    (compute, request) => compute.snapshots.create(instance.id, request),
    onClose,
  );
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    take.mutate({ name, ...(includeMemory && { includeMemory }), ...(quiesce && { quiesce }) });
  };
  const hasMemory = instance.abilities.includes('snapshotMemory');
  const isOn = instance.status === 'running' || instance.status === 'paused';
  return (
    <Modal opened onClose={onClose} title={t.take}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t.name}
            placeholder={t.namePlaceholder}
            required
            maxLength={255}
            value={name}
            error={fieldError(take.error, 'name')}
            autoComplete="off"
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {instance.type === 'vm' && (
            <Checkbox
              label={t.includeMemory}
              description={memoryHint(hasMemory, isOn)}
              disabled={!hasMemory || !isOn}
              checked={includeMemory}
              error={fieldError(take.error, 'includeMemory')}
              onChange={(event) => setIncludeMemory(event.currentTarget.checked)}
            />
          )}
          <Checkbox
            label={t.quiesce}
            description={instance.status === 'running' ? t.quiesceHint : t.quiesceOff}
            disabled={instance.status !== 'running'}
            checked={quiesce}
            error={fieldError(take.error, 'quiesce')}
            onChange={(event) => setQuiesce(event.currentTarget.checked)}
          />
          {take.error && !isShownAtFields(take.error, FIELDS) && <ProblemAlert error={take.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.action.cancel}
            </Button>
            <Button type="submit" loading={take.isPending}>
              {t.take}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function memoryHint(hasMemory: boolean, isOn: boolean): string {
  if (!hasMemory) return t.noMemory;
  return isOn ? t.includeMemoryHint : t.notOn;
}
