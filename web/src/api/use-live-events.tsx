import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import type { InstanceEvent } from 'uim-compute-client';
import { useCompute } from '../session/session';
import { LiveEvents, type ConnectionState } from './live-events';
import { watchPresence } from './presence';
import { keys, type InstancePage } from './queries';
import { Throttle } from './throttle';

const ConnectionContext = createContext<ConnectionState>('connecting');

/** Between two reads of the same list, in ms. */
const REFRESH_MS = 100;
/** The same while changes do not touch a row that is shown. */
const SLOW_REFRESH_MS = 1000;
/** The same of what operators read, which covers all tenants. */
const OPERATORS_REFRESH_MS = 5000;

/** Keeps what the page shows up to date while the user is signed in: nothing polls. */
export function LiveEventsProvider({ children }: { children: ReactNode }): ReactNode {
  const compute = useCompute();
  const queries = useQueryClient();
  const [state, setState] = useState<ConnectionState>('connecting');

  useEffect(() => {
    const refresher = new Refresher(queries);
    const live = new LiveEvents({
      follow: (options) => compute.followEvents(options),
      onEvents: (events) => refresher.apply(events),
      onGap: () => void queries.invalidateQueries(),
      onState: setState,
    });
    live.start();
    const stopWatching = watchPresence({ onAway: () => live.pause(), onReturn: () => live.wake() });
    return () => {
      stopWatching();
      live.stop();
      refresher.stop();
    };
  }, [compute, queries]);

  return <ConnectionContext value={state}>{children}</ConnectionContext>;
}

export function useConnectionState(): ConnectionState {
  return use(ConnectionContext);
}

/** Reads again what events have changed, and nothing else. */
class Refresher {
  private readonly lists = new Throttle(() => this.refresh(keys.instances), REFRESH_MS);
  private readonly rest = new Throttle(() => this.refreshRest(), SLOW_REFRESH_MS);
  private readonly operators = new Throttle(() => this.refresh(keys.operators), OPERATORS_REFRESH_MS);
  private readonly changed = new Set<string>();
  private readonly details = new Throttle(() => this.refreshDetails(), REFRESH_MS);

  constructor(private readonly queries: QueryClient) {}

  apply(events: readonly InstanceEvent[]): void {
    const shown = this.shownIds();
    const isShown = events.some(({ instanceId, from }) => from === null || shown.has(instanceId));
    this.lists.run(isShown ? REFRESH_MS : SLOW_REFRESH_MS);
    for (const { instanceId } of events)
      if (this.queries.getQueryCache().find({ queryKey: keys.instance(instanceId), exact: false }))
        this.changed.add(instanceId);
    if (this.changed.size > 0) this.details.run();
    this.rest.run();
    this.operators.run();
  }

  stop(): void {
    for (const throttle of [this.lists, this.rest, this.operators, this.details]) throttle.stop();
  }

  private shownIds(): ReadonlySet<string> {
    const pages = this.queries.getQueriesData<InstancePage>({ queryKey: keys.instances, type: 'active' });
    return new Set(pages.flatMap(([, page]) => page?.instances.map(({ id }) => id) ?? []));
  }

  /** Settles when everything that is shown has been read. */
  private refresh(...queryKeys: readonly (readonly unknown[])[]): Promise<unknown> {
    return Promise.all(queryKeys.map((queryKey) => this.queries.invalidateQueries({ queryKey })));
  }

  private refreshDetails(): Promise<unknown> {
    const changed = [...this.changed].map(keys.instance);
    this.changed.clear();
    return this.refresh(...changed);
  }

  private refreshRest(): Promise<unknown> {
    const { operations, snapshots, quota, capacity, images, webhooks } = keys;
    return this.refresh(operations, snapshots, quota, capacity, images, webhooks);
  }
}
