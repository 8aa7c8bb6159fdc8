import { Injectable } from '@nestjs/common';
import {
  conditionsOf,
  InstancePages,
  isListed,
  pageOf,
  type InstanceFilter,
  type InstancePage,
} from './instance-pages';

/** Instances of all tenants. Only for callers that were checked to be operators. */
@Injectable()
export class AllInstancesRepository {
  constructor(private readonly pages: InstancePages) {}

  /**
   * Newest first. `caller` is the tenant whose turn the read takes; it does not limit the rows.
   *
   * The statement has no name, so that each is planned for its values: frequent ones are found by walking the primary
   * key, rare ones in an index of the tenants' lists, read as a whole. A plan for all values reads every row for the
   * rare ones, and further indexes would slow down every create.
   */
  list(caller: string, filter: InstanceFilter): Promise<InstancePage> {
    const values: unknown[] = [];
    const listed = isListed(filter);
    const conditions = [listed, ...conditionsOf(filter, values, listed)];
    if (filter.metadata !== undefined) {
      // The first condition matches the partial index; the planner does not derive it.
      conditions.push(
        `metadata <> '{}' AND metadata @> $${values.push(JSON.stringify(filter.metadata))}::jsonb`,
      );
    }
    const where = conditions.join(' AND ');
    return this.pages.read(caller, { ...pageOf(filter), where, values, nameOf: () => '' });
  }
}
