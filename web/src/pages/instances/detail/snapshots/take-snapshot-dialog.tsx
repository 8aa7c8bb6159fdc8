import { Checkbox, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { CreateSnapshot, InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { fieldErrorsOf } from '../../../../ui/forms/field-errors';
import { FormDialog } from '../../../../ui/forms/form-dialog';
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
  const refused = fieldErrorsOf(take.error);
  const hasMemory = instance.abilities.includes('snapshotMemory');
  const isRunning = instance.status === 'running';
  const isOn = isRunning || instance.status === 'paused';
  return (
    <FormDialog
      title={t.take}
      action={t.take}
      isBusy={take.isPending}
      error={take.error}
      fieldErrors={refused}
      fields={FIELDS}
      onSubmit={() =>
        take.mutate({ name, ...(includeMemory && { includeMemory }), ...(quiesce && { quiesce }) })
      }
      onClose={onClose}
    >
      <TextInput
        label={t.name}
        placeholder={t.namePlaceholder}
        required
        maxLength={255}
        value={name}
        error={refused.name}
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
          error={refused.includeMemory}
          onChange={(event) => setIncludeMemory(event.currentTarget.checked)}
        />
      )}
      <Checkbox
        label={t.quiesce}
        description={isRunning ? t.quiesceHint : t.quiesceOff}
        disabled={!isRunning}
        checked={quiesce}
        error={refused.quiesce}
        onChange={(event) => setQuiesce(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}

function memoryHint(hasMemory: boolean, isOn: boolean): string {
  if (!hasMemory) return t.noMemory;
  return isOn ? t.includeMemoryHint : t.notOn;
}
