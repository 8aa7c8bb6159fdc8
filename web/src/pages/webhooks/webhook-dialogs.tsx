import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Webhook } from 'uim-compute-client';
import { keys } from '../../api/queries';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { CreateWebhookDialog } from './create-webhook-dialog';
import { DeliveriesDrawer } from './deliveries/deliveries-drawer';
import { EditWebhookDialog } from './edit-webhook-dialog';

const t = texts.webhooks;

export type WebhookDialog =
  | { readonly kind: 'create' }
  | { readonly kind: 'edit' | 'delete' | 'deliveries'; readonly webhook: Webhook };

export interface WebhookDialogsProps {
  readonly dialog: WebhookDialog;
  readonly onClose: () => void;
}

export function WebhookDialogs({ dialog, onClose }: WebhookDialogsProps): ReactNode {
  switch (dialog.kind) {
    case 'create':
      return <CreateWebhookDialog onClose={onClose} />;
    case 'edit':
      return <EditWebhookDialog webhook={dialog.webhook} onClose={onClose} />;
    case 'deliveries':
      return <DeliveriesDrawer webhook={dialog.webhook} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog webhook={dialog.webhook} onClose={onClose} />;
  }
}

function DeleteDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }): ReactNode {
  const compute = useCompute();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => compute.webhooks.delete(webhook.id),
    onSuccess: onClose,
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.webhooks }),
  });
  return (
    <ConfirmDialog
      title={t.deleteTitle}
      text={t.deleteText(webhook.url, webhook.pendingDeliveries)}
      action={t.delete}
      error={remove.error}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
