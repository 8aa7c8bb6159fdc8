import { only } from './dry-runs';
import { itemsOf } from './pages';
import { unwrap } from './problem';
import type { Routes } from './routes';
import type { CallOptions, CreateFlavor, Flavor, Limits, Orphan, Quota, UpdateFlavor } from './types';

/** Calls for operators; others get a `ProblemError` with the code `operator_required`. */
export class OperatorCalls {
  constructor(private readonly routes: Routes) {}

  /** All tenants that have or had instances, or have limits of their own, with limits and usage; ordered by ID. */
  tenants({ signal }: CallOptions = {}): AsyncGenerator<Quota> {
    return itemsOf(async (query) => {
      const list = await unwrap(
        this.routes.GET('/api/v1/compute/tenants', { params: { query }, ...only(signal) }),
      );
      return { items: list.tenants, nextPageToken: list.nextPageToken };
    });
  }

  /** Limits and usage of a tenant. */
  quota(tenantId: string, { signal }: CallOptions = {}): Promise<Quota> {
    const params = { path: { tenantId } };
    return unwrap(this.routes.GET('/api/v1/compute/quotas/{tenantId}', { params, ...only(signal) }));
  }

  /** Sets the given limits of a tenant; -1 is unlimited. Absent ones do not change, and null restores the default. */
  setQuota(tenantId: string, limits: Limits, { signal }: CallOptions = {}): Promise<Quota> {
    const params = { path: { tenantId } };
    return unwrap(
      this.routes.PUT('/api/v1/compute/quotas/{tenantId}', { params, body: limits, ...only(signal) }),
    );
  }

  createFlavor(flavor: CreateFlavor, { signal }: CallOptions = {}): Promise<Flavor> {
    return unwrap(this.routes.POST('/api/v1/compute/flavors', { body: flavor, ...only(signal) }));
  }

  updateFlavor(name: string, changes: UpdateFlavor, { signal }: CallOptions = {}): Promise<Flavor> {
    const params = { path: { name } };
    return unwrap(
      this.routes.PATCH('/api/v1/compute/flavors/{name}', { params, body: changes, ...only(signal) }),
    );
  }

  /** Deletes a flavor, or retires it if instances use it. */
  async deleteFlavor(name: string, { signal }: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    await unwrap(this.routes.DELETE('/api/v1/compute/flavors/{name}', { params, ...only(signal) }));
  }

  /** Resources at engines that belong to no instance. */
  async orphans({ signal }: CallOptions = {}): Promise<readonly Orphan[]> {
    return (await unwrap(this.routes.GET('/api/v1/compute/orphans', only(signal)))).orphans;
  }
}
