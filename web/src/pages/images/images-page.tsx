import { Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import type { Image } from 'uim-compute-client';
import { imagesQuery, keys } from '../../api/queries';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { EmptyState } from '../../ui/empty-state';
import { LinkButton } from '../../ui/links';
import { ListFrame } from '../../ui/lists/list-frame';
import { PageIntro } from '../../ui/lists/page-intro';
import { PageHeader } from '../../ui/page-header';
import { imageColumns } from './image-columns';

const t = texts.images;

/** The catalog of the operator, and the images that the tenant has published. */
export function ImagesPage(): ReactNode {
  const images = useQuery(imagesQuery(useCompute()));
  const [deleted, setDeleted] = useState<Image>();
  const columns = useMemo(() => imageColumns(setDeleted), []);
  return (
    <Stack gap="sm">
      <PageHeader title={t.title} />
      <PageIntro>{t.intro}</PageIntro>
      <ListFrame
        label={t.title}
        columns={columns}
        rows={images.data}
        // A tenant's image stays when the catalog gets the same ID.
        rowId={({ id, snapshotId }) => `${id} ${snapshotId ?? ''}`}
        minWidth={960}
        error={images.error}
        onRetry={() => void images.refetch()}
        empty={
          <EmptyState title={t.empty} text={t.emptyText}>
            <LinkButton to="/snapshots" variant="default">
              {t.toSnapshots}
            </LinkButton>
          </EmptyState>
        }
      />
      {deleted && <DeleteDialog image={deleted} onClose={() => setDeleted(undefined)} />}
    </Stack>
  );
}

function DeleteDialog({ image, onClose }: { image: Image; onClose: () => void }): ReactNode {
  const compute = useCompute();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => compute.ownImages.delete(image.id),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.images });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t.deleteTitle(image.name)}
      text={t.deleteText}
      action={t.delete}
      error={remove.error}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
