import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Webhook } from 'uim-compute-client';
import { keys } from '../../api/queries';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { fieldErrorsOf } from '../../ui/forms/field-errors';
import { FormDialog } from '../../ui/forms/form-dialog';
import { FIELD_OF_CODE, WEBHOOK_FIELDS, WebhookFields, type WebhookDraft } from './webhook-fields';

const t = texts.webhooks;

export interface EditWebhookDialogProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

export function EditWebhookDialog({ webhook, onClose }: EditWebhookDialogProps): ReactNode {
  const { id, url, types } = webhook;
  const compute = useCompute();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<WebhookDraft>({ url, types, secret: '' });
  const save = useMutation({
    mutationFn: () =>
      compute.webhooks.update(id, {
        url: draft.url,
        types: [...draft.types],
        ...(draft.secret !== '' && { secret: draft.secret }),
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.webhooks });
      onClose();
    },
  });
  const errors = fieldErrorsOf(save.error, FIELD_OF_CODE);
  return (
    <FormDialog
      title={t.editTitle}
      action={texts.forms.save}
      isBusy={save.isPending}
      error={save.error}
      fieldErrors={errors}
      fields={WEBHOOK_FIELDS}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <WebhookFields draft={draft} errors={errors} isNew={false} onChange={setDraft} />
    </FormDialog>
  );
}
