import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { WarmPool } from 'uim-compute-client';
import { keys } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { SetWarmPoolDialog } from './set-warm-pool-dialog';

const t = texts.operators.warmPools;

export type WarmPoolDialog =
  { readonly kind: 'add' } | { readonly kind: 'edit' | 'delete'; readonly pool: WarmPool };

export interface WarmPoolDialogsProps {
  readonly dialog: WarmPoolDialog;
  readonly pools: readonly WarmPool[];
  readonly onClose: () => void;
}

export function WarmPoolDialogs({ dialog, pools, onClose }: WarmPoolDialogsProps): ReactNode {
  switch (dialog.kind) {
    case 'add':
      return <SetWarmPoolDialog pools={pools} onClose={onClose} />;
    case 'edit':
      return <SetWarmPoolDialog pool={dialog.pool} pools={pools} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog pool={dialog.pool} onClose={onClose} />;
  }
}

function DeleteDialog({ pool, onClose }: { pool: WarmPool; onClose: () => void }): ReactNode {
  const compute = useCompute();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => compute.operator.deleteWarmPool(pool.name),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.operators });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t.deleteTitle(pool.name)}
      text={t.deleteText(pool.ready + pool.preparing)}
      action={t.delete}
      error={remove.error}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
