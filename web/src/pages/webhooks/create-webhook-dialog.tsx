import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { keys } from '../../api/queries';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { CopyButton } from '../../ui/copy-button';
import { fieldErrorsOf } from '../../ui/forms/field-errors';
import { FormDialog } from '../../ui/forms/form-dialog';
import { FIELD_OF_CODE, WEBHOOK_FIELDS, WebhookFields, type WebhookDraft } from './webhook-fields';

const t = texts.webhooks;
const EMPTY: WebhookDraft = { url: '', types: ['*'], secret: '' };

/** Creates a webhook, then shows its secret, which cannot be read again. */
export function CreateWebhookDialog({ onClose }: { onClose: () => void }): ReactNode {
  const compute = useCompute();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(EMPTY);
  const create = useMutation({
    mutationFn: () => {
      const { url, types, secret } = draft;
      return compute.webhooks.create({ url, types: [...types], ...(secret !== '' && { secret }) });
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: keys.webhooks }),
    // The secret must not stay in the memory of the page.
    gcTime: 0,
  });
  if (create.data) return <SecretDialog secret={create.data.secret} onClose={onClose} />;
  const errors = fieldErrorsOf(create.error, FIELD_OF_CODE);
  return (
    <FormDialog
      title={t.create}
      action={texts.forms.create}
      isBusy={create.isPending}
      error={create.error}
      fieldErrors={errors}
      fields={WEBHOOK_FIELDS}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      <WebhookFields draft={draft} errors={errors} isNew onChange={setDraft} />
    </FormDialog>
  );
}

/** Closes only by its button: a slip would lose the secret. */
function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }): ReactNode {
  return (
    <Modal
      opened
      onClose={onClose}
      title={t.secretTitle}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Text size="sm">{t.secretText}</Text>
        <Code block className="user-text" aria-label={t.secretLabel} tabIndex={0}>
          {secret}
        </Code>
        <Group justify="space-between">
          <CopyButton value={secret} size="sm" variant="default">
            {t.copySecret}
          </CopyButton>
          <Button onClick={onClose}>{t.secretDone}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
