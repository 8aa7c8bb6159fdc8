import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { instanceQuery } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { EmptyState } from '../../../ui/empty-state';
import { ProblemAlert } from '../../../ui/problem-alert';
import { ConsolePanel } from './console-panel';
import { reasonAgainstConsole } from './console-reasons';
import type { ConsoleKind } from './search';
import classes from './console-window.module.css';

const t = texts.consoles;
const route = getRouteApi('/instances/$id/console');

/** A console that fills its window. */
export function ConsoleWindow(): ReactNode {
  const { id } = route.useParams();
  const { kind } = route.useSearch();
  const { data, error, refetch } = useQuery(instanceQuery(useCompute(), id));
  return (
    <main className={classes.window}>
      {data && <Content instance={data} kind={kind} />}
      {!data && error && <ProblemAlert error={error} retry={() => void refetch()} />}
      {!data && !error && (
        <Center h="100%">
          <Loader aria-label={t.state.connecting} />
        </Center>
      )}
    </main>
  );
}

function Content({ instance, kind }: { instance: InstanceDetails; kind: ConsoleKind }): ReactNode {
  const title = t.windowTitle(instance.name, t.kind[kind]);
  useEffect(() => {
    document.title = title;
  }, [title]);
  const reason = reasonAgainstConsole(kind, instance);
  // What a guest printed last stays when it has ended.
  const [wasPossible] = useState(reason === undefined);
  return (
    <>
      <h1 className={classes.title}>{title}</h1>
      {wasPossible || reason === undefined ? (
        <ConsolePanel instance={instance} kind={kind} isWindow />
      ) : (
        <EmptyState title={t.kind[kind]} text={reason} />
      )}
    </>
  );
}
