import { queryOptions } from '@tanstack/react-query';
import { unwrap, type ComputeClient, type Webhook, type WebhookDelivery } from 'uim-compute-client';
import { keys, type PageRequest } from '../../api/queries';

/** Oldest first. */
export const webhooksQuery = (compute: ComputeClient) =>
  queryOptions({
    queryKey: [...keys.webhooks, 'list'],
    queryFn: ({ signal }): Promise<readonly Webhook[]> => compute.webhooks.list({ signal }),
  });

export type DeliveryStatus = WebhookDelivery['status'];

export interface DeliveryPage {
  readonly deliveries: readonly WebhookDelivery[];
  readonly nextPageToken?: string | undefined;
}

export interface DeliveryFilter {
  readonly id: string;
  readonly status: DeliveryStatus | undefined;
}

/** One page of the deliveries of a webhook, newest first. */
export const deliveriesQuery = (compute: ComputeClient, { id, status }: DeliveryFilter, page: PageRequest) =>
  queryOptions({
    queryKey: [...keys.webhooks, id, 'deliveries', status, page],
    queryFn: ({ signal }): Promise<DeliveryPage> => {
      const { limit, pageToken } = page;
      const query = {
        limit,
        ...(status !== undefined && { status }),
        ...(pageToken !== undefined && { pageToken }),
      };
      const params = { path: { id }, query };
      return unwrap(compute.routes.GET('/api/v1/compute/webhooks/{id}/deliveries', { params, signal }));
    },
    placeholderData: (previous) => previous,
  });
