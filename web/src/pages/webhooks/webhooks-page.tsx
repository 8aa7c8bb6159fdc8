import { Button, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import type { Webhook } from 'uim-compute-client';
import { keys } from '../../api/queries';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { EmptyState } from '../../ui/empty-state';
import { ListFrame } from '../../ui/lists/list-frame';
import { PageIntro } from '../../ui/lists/page-intro';
import { PageHeader } from '../../ui/page-header';
import { ProblemAlert } from '../../ui/problem-alert';
import { webhooksQuery } from './queries';
import { webhookColumns } from './webhook-columns';
import { WebhookDialogs, type WebhookDialog } from './webhook-dialogs';

const t = texts.webhooks;

/** Where the events of the tenant are sent. */
export function WebhooksPage(): ReactNode {
  const compute = useCompute();
  const queries = useQueryClient();
  const webhooks = useQuery(webhooksQuery(compute));
  const [dialog, setDialog] = useState<WebhookDialog>();
  const { mutate, error: refusal } = useMutation({
    mutationFn: ({ id, enabled }: Webhook) => compute.webhooks.update(id, { enabled: !enabled }),
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.webhooks }),
  });
  const columns = useMemo(() => webhookColumns({ onDialog: setDialog, onToggle: mutate }), [mutate]);
  const create = <Button onClick={() => setDialog({ kind: 'create' })}>{t.create}</Button>;

  return (
    <Stack gap="sm">
      <PageHeader title={t.title}>
        <Button
          variant="default"
          loading={webhooks.isRefetching}
          onClick={() => void queries.invalidateQueries({ queryKey: keys.webhooks })}
        >
          {texts.forms.refresh}
        </Button>
        {create}
      </PageHeader>
      <PageIntro>{t.intro}</PageIntro>
      {refusal && <ProblemAlert error={refusal} />}
      <ListFrame
        label={t.title}
        columns={columns}
        rows={webhooks.data}
        rowId={({ id }) => id}
        minWidth={900}
        error={webhooks.error}
        onRetry={() => void webhooks.refetch()}
        empty={
          <EmptyState title={t.empty} text={t.emptyText}>
            {create}
          </EmptyState>
        }
      />
      {dialog && <WebhookDialogs dialog={dialog} onClose={() => setDialog(undefined)} />}
    </Stack>
  );
}
