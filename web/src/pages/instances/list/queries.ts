import type { ComputeClient } from 'uim-compute-client';
import { instancesQuery } from '../../../api/queries';
import { filterOf, type InstanceSearch } from './search';

const PAGE_SIZE = 50;

/** The page of the list that an address names. */
export const listQuery = (compute: ComputeClient, search: InstanceSearch) =>
  instancesQuery(compute, filterOf(search), { limit: PAGE_SIZE, pageToken: search.pages?.at(-1) });
