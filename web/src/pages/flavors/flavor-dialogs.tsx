import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { keys } from '../../api/queries';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { fieldErrorsOf } from '../../ui/forms/field-errors';
import { FormDialog } from '../../ui/forms/form-dialog';
import { CreateFlavorDialog } from './create-flavor-dialog';

const t = texts.flavors;

export type FlavorDialog =
  | { readonly kind: 'create' }
  | { readonly kind: 'edit'; readonly name: string; readonly description: string }
  | { readonly kind: 'delete'; readonly name: string; readonly instances: number };

/** What operators change about flavors. */
export function FlavorDialogs({ dialog, onClose }: { dialog: FlavorDialog; onClose: () => void }): ReactNode {
  const queries = useQueryClient();
  const onDone = (): void => {
    for (const queryKey of [keys.flavors, keys.capacity]) void queries.invalidateQueries({ queryKey });
    onClose();
  };
  switch (dialog.kind) {
    case 'create':
      return <CreateFlavorDialog onDone={onDone} onClose={onClose} />;
    case 'edit':
      return <EditDialog {...dialog} onDone={onDone} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog {...dialog} onDone={onDone} onClose={onClose} />;
  }
}

export interface DialogProps {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

type Of<Kind extends FlavorDialog['kind']> = DialogProps &
  Omit<Extract<FlavorDialog, { kind: Kind }>, 'kind'>;

function EditDialog({ name, description: current, onDone, onClose }: Of<'edit'>): ReactNode {
  const compute = useCompute();
  const [description, setDescription] = useState(current);
  const save = useMutation({
    mutationFn: () => compute.operator.updateFlavor(name, { description }),
    onSuccess: onDone,
  });
  const errors = fieldErrorsOf(save.error);
  return (
    <FormDialog
      title={t.editTitle(name)}
      action={texts.forms.save}
      isBusy={save.isPending}
      error={save.error}
      fieldErrors={errors}
      fields={['description']}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Textarea
        label={t.description}
        value={description}
        error={errors.description}
        autosize
        minRows={2}
        maxRows={6}
        data-autofocus
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

function DeleteDialog({ name, instances, onDone, onClose }: Of<'delete'>): ReactNode {
  const compute = useCompute();
  const remove = useMutation({ mutationFn: () => compute.operator.deleteFlavor(name), onSuccess: onDone });
  const isUsed = instances > 0;
  return (
    <ConfirmDialog
      title={isUsed ? t.retireTitle(name) : t.deleteTitle(name)}
      text={isUsed ? t.retireText(instances) : t.deleteText}
      action={isUsed ? t.retire : t.delete}
      error={remove.error}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
