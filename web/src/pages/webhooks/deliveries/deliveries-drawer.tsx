import { Button, Drawer, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import type { Webhook, WebhookDelivery } from 'uim-compute-client';
import { keys } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { EmptyState } from '../../../ui/empty-state';
import { ListFrame } from '../../../ui/lists/list-frame';
import { Pager } from '../../../ui/lists/pager';
import { ProblemAlert } from '../../../ui/problem-alert';
import { deliveriesQuery, type DeliveryStatus } from '../queries';
import { deliveryColumns } from './delivery-columns';

const t = texts.webhooks;
const PAGE_SIZE = 50;
const STATUSES: readonly DeliveryStatus[] = ['pending', 'succeeded', 'dead'];
const NO_PAGES: readonly string[] = [];

export interface DeliveriesDrawerProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

/** What was sent to a webhook, and what its receiver answered. */
export function DeliveriesDrawer({ webhook: { id, url }, onClose }: DeliveriesDrawerProps): ReactNode {
  const compute = useCompute();
  const queries = useQueryClient();
  const [status, setStatus] = useState<DeliveryStatus>();
  const [pages, setPages] = useState(NO_PAGES);
  const page = { limit: PAGE_SIZE, pageToken: pages.at(-1) };
  const list = useQuery(deliveriesQuery(compute, { id, status }, page));
  const refresh = (): void => void queries.invalidateQueries({ queryKey: keys.webhooks });
  const { mutate, error: refusal } = useMutation({
    mutationFn: (delivery: WebhookDelivery) => compute.webhooks.redeliver(id, delivery.id),
    onSettled: refresh,
  });
  const columns = useMemo(() => deliveryColumns(mutate), [mutate]);

  return (
    <Drawer opened onClose={onClose} position="right" size="xl" title={t.deliveries}>
      <Stack gap="sm">
        <Text size="sm" className="user-text">
          {url}
        </Text>
        <Group align="flex-end" gap="xs">
          <Select
            label={t.delivery.filter}
            placeholder={t.delivery.any}
            clearable
            w={160}
            value={status ?? null}
            data={STATUSES.map((value) => ({ value, label: t.delivery.status[value] }))}
            onChange={(chosen) => {
              setStatus(STATUSES.find((each) => each === chosen));
              setPages(NO_PAGES);
            }}
          />
          <Button variant="default" loading={list.isRefetching} onClick={refresh}>
            {texts.forms.refresh}
          </Button>
        </Group>
        {refusal && <ProblemAlert error={refusal} />}
        <ListFrame
          label={t.deliveries}
          columns={columns}
          rows={list.data?.deliveries}
          rowId={(delivery) => delivery.id}
          minWidth={720}
          error={list.error}
          onRetry={() => void list.refetch()}
          empty={
            <EmptyState
              title={t.delivery.none}
              text={status === undefined ? t.delivery.noneText : t.delivery.noneMatch}
            />
          }
        />
        <Pager pages={pages} nextPageToken={list.data?.nextPageToken} onChange={setPages} />
      </Stack>
    </Drawer>
  );
}
