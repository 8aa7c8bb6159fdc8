import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import type { ComputeClient } from 'uim-compute-client';
import { instanceQuery } from './api/queries';
import { queryClient } from './api/query-client';
import { CrashPage, NotFoundPage } from './layout/error-pages';
import { Shell } from './layout/shell';
import { parseCreateSearch } from './pages/instances/create/search';
import { parseConsoleSearch } from './pages/instances/console/search';
import { parseInstanceSearch } from './pages/instances/detail/search';
import { InstancesPage } from './pages/instances/list/instances-page';
import { listQuery } from './pages/instances/list/queries';
import { parseSearch } from './pages/instances/list/search';
import { parseAuditSearch } from './pages/operators/audit/search';
import { parseTenantSearch } from './pages/operators/tenants/search';
import { parseSnapshotSearch } from './pages/snapshots/search';

/** What pages begin to read before they are rendered. Undefined until the user has chosen how to sign in. */
interface RouterContext {
  readonly compute: ComputeClient | undefined;
  readonly queries: QueryClient;
}

/** The page reads the same, and shows why that fails. */
const leaveToPage = (): void => undefined;

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet });

/** Pages with navigation around them. */
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/instances', search: {} });
  },
});

const instances = createRoute({
  getParentRoute: () => shell,
  path: '/instances',
  validateSearch: parseSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { compute, queries }, deps }) => {
    if (compute) queries.query(listQuery(compute, deps)).catch(leaveToPage);
  },
  component: InstancesPage,
});

const create = createRoute({
  getParentRoute: () => shell,
  path: '/instances/new',
  validateSearch: parseCreateSearch,
  component: lazyRouteComponent(() => import('./pages/instances/create/create-page'), 'CreatePage'),
});

const instance = createRoute({
  getParentRoute: () => shell,
  path: '/instances/$id',
  validateSearch: parseInstanceSearch,
  loader: ({ context: { compute, queries }, params: { id } }) => {
    if (compute) queries.query(instanceQuery(compute, id)).catch(leaveToPage);
  },
  component: lazyRouteComponent(() => import('./pages/instances/detail/instance-page'), 'InstancePage'),
});

/** A console in a window of its own. */
const consoleWindow = createRoute({
  getParentRoute: () => root,
  path: '/instances/$id/console',
  validateSearch: parseConsoleSearch,
  component: lazyRouteComponent(() => import('./pages/instances/console/console-window'), 'ConsoleWindow'),
});

const snapshots = createRoute({
  getParentRoute: () => shell,
  path: '/snapshots',
  validateSearch: parseSnapshotSearch,
  component: lazyRouteComponent(() => import('./pages/snapshots/snapshots-page'), 'SnapshotsPage'),
});

const images = createRoute({
  getParentRoute: () => shell,
  path: '/images',
  component: lazyRouteComponent(() => import('./pages/images/images-page'), 'ImagesPage'),
});

const flavors = createRoute({
  getParentRoute: () => shell,
  path: '/flavors',
  component: lazyRouteComponent(() => import('./pages/flavors/flavors-page'), 'FlavorsPage'),
});

const webhooks = createRoute({
  getParentRoute: () => shell,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./pages/webhooks/webhooks-page'), 'WebhooksPage'),
});

const quotas = createRoute({
  getParentRoute: () => shell,
  path: '/quotas',
  component: lazyRouteComponent(() => import('./pages/quotas/quotas-page'), 'QuotasPage'),
});

const operators = createRoute({
  getParentRoute: () => shell,
  path: '/operators',
  component: lazyRouteComponent(() => import('./pages/operators/operators-page'), 'OperatorsPage'),
});

const tenants = createRoute({
  getParentRoute: () => shell,
  path: '/operators/tenants',
  validateSearch: parseTenantSearch,
  component: lazyRouteComponent(() => import('./pages/operators/tenants-page'), 'TenantsPage'),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/operators/audit',
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(() => import('./pages/operators/audit-page'), 'AuditPage'),
});

const orphans = createRoute({
  getParentRoute: () => shell,
  path: '/operators/orphans',
  component: lazyRouteComponent(() => import('./pages/operators/orphans-page'), 'OrphansPage'),
});

const pages = [home, instances, create, instance, snapshots, images, flavors, webhooks, quotas];

export const router = createRouter({
  routeTree: root.addChildren([
    shell.addChildren([...pages, operators, tenants, audit, orphans]),
    consoleWindow,
  ]),
  basepath: '/console',
  context: { compute: undefined, queries: queryClient },
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: CrashPage,
  scrollRestoration: true,
});

/** Begins to read what the address shows, while the service still decides whether it accepts the user. */
export function prepareRouter(compute: ComputeClient): void {
  router.update({ ...router.options, context: { compute, queries: queryClient } });
  void router.load();
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
