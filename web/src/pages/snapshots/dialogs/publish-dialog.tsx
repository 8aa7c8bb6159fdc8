import { Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { keys } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { fieldErrorsOf } from '../../../ui/forms/field-errors';
import { FormDialog } from '../../../ui/forms/form-dialog';
import type { SnapshotDialogProps } from './dialog';

const t = texts.snapshots;
const FIELDS = ['id', 'name', 'description'];

/** Makes an image of a snapshot. */
export function PublishDialog({ snapshot, onClose }: SnapshotDialogProps): ReactNode {
  const compute = useCompute();
  const queries = useQueryClient();
  const [id, setId] = useState('');
  const [name, setName] = useState(snapshot.name);
  const [description, setDescription] = useState('');
  const publish = useMutation({
    mutationFn: () => compute.ownImages.publish({ snapshotId: snapshot.id, id, name, description }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.images });
      notifications.show({ message: t.published(id) });
      onClose();
    },
  });
  const errors = fieldErrorsOf(publish.error, { image_exists: 'id' });
  return (
    <FormDialog
      title={t.publishTitle(snapshot.name)}
      action={t.publishAction}
      isBusy={publish.isPending}
      error={publish.error}
      fieldErrors={errors}
      fields={FIELDS}
      onSubmit={() => publish.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{t.publishText}</Text>
      <TextInput
        label={t.imageId}
        description={t.imageIdHint}
        required
        data-autofocus
        value={id}
        error={errors.id}
        onChange={(event) => setId(event.currentTarget.value)}
      />
      <TextInput
        label={t.imageName}
        required
        value={name}
        error={errors.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t.imageDescription}
        autosize
        minRows={2}
        maxRows={6}
        value={description}
        error={errors.description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
