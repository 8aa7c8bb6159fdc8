import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { UpdateSnapshot } from 'uim-compute-client';
import { keys } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { fieldErrorsOf } from '../../../ui/forms/field-errors';
import { FormDialog } from '../../../ui/forms/form-dialog';
import { toLocalInput } from '../format';
import { metadataChanges, pairsOf } from '../metadata';
import type { SnapshotDialogProps } from './dialog';
import { MetadataFields } from './metadata-fields';

const t = texts.snapshots;
const FIELDS = ['name', 'expiresAt', 'metadata'];

/** Changes name, expiry and metadata; sends only what differs. */
export function EditDialog({ snapshot, onClose }: SnapshotDialogProps): ReactNode {
  const compute = useCompute();
  const queries = useQueryClient();
  const initialExpiry = snapshot.expiresAt === null ? '' : toLocalInput(new Date(snapshot.expiresAt));
  const [name, setName] = useState(snapshot.name);
  const [expiry, setExpiry] = useState(initialExpiry);
  const [pairs, setPairs] = useState(pairsOf(snapshot.metadata));
  const changes = (): UpdateSnapshot => {
    const metadata = metadataChanges(snapshot.metadata, pairs);
    return {
      ...(name !== snapshot.name && { name }),
      ...(expiry !== initialExpiry && { expiresAt: expiry === '' ? null : new Date(expiry).toISOString() }),
      ...(metadata && { metadata }),
    };
  };
  const save = useMutation({
    mutationFn: (update: UpdateSnapshot) =>
      compute.snapshots.update(snapshot.id, update, { ifVersion: snapshot.version }),
    onSuccess: onClose,
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.snapshots }),
  });
  const errors = fieldErrorsOf(save.error);
  const submit = (): void => {
    const update = changes();
    if (Object.keys(update).length === 0) onClose();
    else save.mutate(update);
  };
  return (
    <FormDialog
      title={t.editTitle(snapshot.name)}
      action={texts.forms.save}
      isBusy={save.isPending}
      error={save.error}
      fieldErrors={errors}
      fields={FIELDS}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t.name}
        required
        data-autofocus
        value={name}
        error={errors.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={t.expiresAt}
        description={t.expiresHint}
        value={expiry}
        error={errors.expiresAt}
        onChange={(event) => setExpiry(event.currentTarget.value)}
      />
      <MetadataFields pairs={pairs} error={errors.metadata} onChange={setPairs} />
    </FormDialog>
  );
}
