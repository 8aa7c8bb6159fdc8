import { Autocomplete, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { imagesQuery } from '../../../../api/queries';
import { useCompute } from '../../../../session/session';
import { texts } from '../../../../texts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog';
import { fieldErrorsOf } from '../../../../ui/forms/field-errors';
import { reasonAgainst } from '../power/reasons';
import { Section } from '../../../../ui/section';
import { confirmationOf } from './confirmation';
import { useInstanceChange } from '../use-instance-change';
import { SaveButton } from './save-button';

const t = texts.instance.settings;

/** Gives the instance a fresh disk. */
export function RebuildPanel({ instance }: { instance: InstanceDetails }): ReactNode {
  const images = useQuery(imagesQuery(useCompute()));
  const [image, setImage] = useState(instance.imageId);
  const [isAsking, setIsAsking] = useState(false);
  const rebuild = useInstanceChange<string>(
    instance.id,
    (compute, imageId) => compute.rebuild(instance.id, { imageId }),
    () => setIsAsking(false),
  );
  const imageId = image.trim();
  const reason =
    reasonAgainst('rebuild', instance) ?? (imageId === '' ? texts.instance.reason.chooseImage : undefined);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (reason === undefined) setIsAsking(true);
  };
  const close = (): void => {
    rebuild.reset();
    setIsAsking(false);
  };
  const suitable = images.data?.filter(({ types }) => types.includes(instance.type)) ?? [];
  return (
    <Section title={t.rebuild} hint={t.rebuildHint}>
      <form onSubmit={submit}>
        <Stack gap="sm" maw={480}>
          <Autocomplete
            label={t.image}
            description={t.imageHint}
            data={[...new Set(suitable.map(({ id }) => id))]}
            value={image}
            error={fieldErrorsOf(rebuild.error).imageId}
            maxLength={255}
            onChange={setImage}
          />
          <SaveButton label={t.rebuildAction} reason={reason} isBusy={false} />
        </Stack>
      </form>
      {isAsking && (
        <ConfirmDialog
          title={t.rebuildTitle}
          text={t.rebuildText}
          action={t.rebuildAction}
          typed={confirmationOf(instance)}
          error={rebuild.error}
          isBusy={rebuild.isPending}
          onConfirm={() => rebuild.mutate(imageId)}
          onClose={close}
        />
      )}
    </Section>
  );
}
