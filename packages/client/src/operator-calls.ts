import { given, only } from './given';
import { instancesOf, itemsOf, limitOf } from './pages';
import { unwrap } from './problem';
import type { Routes } from './routes';
import type {
  AllInstancesFilter,
  AuditEvent,
  AuditFilter,
  CallOptions,
  CreateFlavor,
  Flavor,
  Instance,
  Limits,
  ListOptions,
  Orphan,
  Quota,
  SetWarmPool,
  UpdateFlavor,
  WarmPool,
} from './types';

/** Calls for operators; others get a `ProblemError` with the code `operator_required`. */
export class OperatorCalls {
  constructor(private readonly routes: Routes) {}

  /** Instances of one tenant (`tenantId`) or of all (`allTenants`), newest first. */
  instances(
    filter: AllInstancesFilter,
    options: ListOptions = {},
  ): AsyncGenerator<Instance, void, undefined> {
    return instancesOf(this.routes, filter, options);
  }

  /** All tenants that have or had instances, or have limits of their own, with limits and usage; ordered by ID. */
  tenants(options: CallOptions = {}): AsyncGenerator<Quota, void, undefined> {
    return itemsOf(async (query) => {
      const list = await unwrap(
        this.routes.GET('/api/v1/compute/tenants', { params: { query }, ...only(options) }),
      );
      return { items: list.tenants, nextPageToken: list.nextPageToken };
    });
  }

  /** Changes of instances of all tenants, newest first: who, what, when, and by which request. */
  audit(filter: AuditFilter = {}, options: ListOptions = {}): AsyncGenerator<AuditEvent, void, undefined> {
    return itemsOf(async (page) => {
      const params = { query: { ...given(filter), ...limitOf(options), ...page } };
      const found = await unwrap(this.routes.GET('/api/v1/compute/audit', { params, ...only(options) }));
      return { items: found.events, nextPageToken: found.nextPageToken };
    });
  }

  /** Limits and usage of a tenant. */
  quota(tenantId: string, options: CallOptions = {}): Promise<Quota> {
    const params = { path: { tenantId } };
    return unwrap(this.routes.GET('/api/v1/compute/quotas/{tenantId}', { params, ...only(options) }));
  }

  /** Sets the given limits of a tenant; -1 is unlimited. Absent ones do not change, and null restores the default. */
  setQuota(tenantId: string, limits: Limits, options: CallOptions = {}): Promise<Quota> {
    const params = { path: { tenantId } };
    return unwrap(
      this.routes.PUT('/api/v1/compute/quotas/{tenantId}', { params, body: limits, ...only(options) }),
    );
  }

  createFlavor(flavor: CreateFlavor, options: CallOptions = {}): Promise<Flavor> {
    return unwrap(this.routes.POST('/api/v1/compute/flavors', { body: flavor, ...only(options) }));
  }

  updateFlavor(name: string, changes: UpdateFlavor, options: CallOptions = {}): Promise<Flavor> {
    const params = { path: { name } };
    return unwrap(
      this.routes.PATCH('/api/v1/compute/flavors/{name}', { params, body: changes, ...only(options) }),
    );
  }

  /** Deletes a flavor, or retires it if instances use it. */
  async deleteFlavor(name: string, options: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    await unwrap(this.routes.DELETE('/api/v1/compute/flavors/{name}', { params, ...only(options) }));
  }

  async warmPools(options: CallOptions = {}): Promise<readonly WarmPool[]> {
    return (await unwrap(this.routes.GET('/api/v1/compute/warm-pools', only(options)))).warmPools;
  }

  warmPool(name: string, options: CallOptions = {}): Promise<WarmPool> {
    const params = { path: { name } };
    return unwrap(this.routes.GET('/api/v1/compute/warm-pools/{name}', { params, ...only(options) }));
  }

  /** Keeps instances prepared that creations get at once; replaces the pool if it exists. */
  setWarmPool(name: string, pool: SetWarmPool, options: CallOptions = {}): Promise<WarmPool> {
    const params = { path: { name } };
    const body = given(pool);
    return unwrap(this.routes.PUT('/api/v1/compute/warm-pools/{name}', { params, body, ...only(options) }));
  }

  /** Deletes the pool with its prepared instances, but none that was handed over. */
  async deleteWarmPool(name: string, options: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    await unwrap(this.routes.DELETE('/api/v1/compute/warm-pools/{name}', { params, ...only(options) }));
  }

  /** Resources at engines that belong to no instance. */
  async orphans(options: CallOptions = {}): Promise<readonly Orphan[]> {
    return (await unwrap(this.routes.GET('/api/v1/compute/orphans', only(options)))).orphans;
  }
}
