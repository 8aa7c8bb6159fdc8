import { queryOptions } from '@tanstack/react-query';
import { unwrap, type ComputeClient, type Quota } from 'uim-compute-client';
import { keys, type InstancePage, type InstanceQuery, type PageRequest } from '../../../api/queries';

export interface TenantPage {
  readonly tenants: readonly Quota[];
  readonly nextPageToken?: string | undefined;
}

const queryOf = ({ limit, pageToken }: PageRequest) => ({
  limit,
  ...(pageToken !== undefined && { pageToken }),
});

/** One page, by ID. */
export const tenantsQuery = (compute: ComputeClient, page: PageRequest) =>
  queryOptions({
    queryKey: [...keys.operators, 'tenants', page],
    queryFn: ({ signal }): Promise<TenantPage> => {
      const params = { query: queryOf(page) };
      return unwrap(compute.routes.GET('/api/v1/compute/tenants', { params, signal }));
    },
    placeholderData: (previous) => previous,
  });

export const tenantQuery = (compute: ComputeClient, tenantId: string) =>
  queryOptions({
    queryKey: [...keys.operators, 'tenant', tenantId],
    queryFn: ({ signal }): Promise<Quota> => compute.operator.quota(tenantId, { signal }),
  });

export interface TenantInstancesFilter {
  readonly tenantId: string;
  readonly status?: NonNullable<InstanceQuery['status']> | undefined;
}

/** One page of the instances of any tenant, newest first. */
export const tenantInstancesQuery = (
  compute: ComputeClient,
  { tenantId, status }: TenantInstancesFilter,
  page: PageRequest,
) =>
  queryOptions({
    queryKey: [...keys.operators, 'instances', tenantId, status, page],
    queryFn: ({ signal }): Promise<InstancePage> => {
      const query = { tenantId, ...queryOf(page), ...(status !== undefined && { status }) };
      return unwrap(compute.routes.GET('/api/v1/compute/instances', { params: { query }, signal }));
    },
    placeholderData: (previous) => previous,
  });
