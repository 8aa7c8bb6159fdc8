import { Badge, Group, Loader, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemError, type InstanceDetails } from 'uim-compute-client';
import { instanceQuery } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { PageHeader } from '../../../ui/page-header';
import { ProblemAlert } from '../../../ui/problem-alert';
import { RelativeTime } from '../../../ui/relative-time';
import { StatusBadge } from '../../../ui/status-badge';
import { DeletedBanner } from './deleted-banner';
import { InstanceNotFound } from './instance-not-found';
import { InstanceTabPanel } from './instance-tab-panel';
import { useUsageRecorder } from './overview/use-usage';
import { PowerBar, PowerProblem, usePower } from './power/power-bar';
import { INSTANCE_TABS, tabOf } from './search';

const t = texts.instance;
const route = getRouteApi('/shell/instances/$id');

/** Everything about one instance. */
export function InstancePage(): ReactNode {
  const { id } = route.useParams();
  // Another instance begins with dialogs closed and forms empty.
  return <InstanceView key={id} id={id} />;
}

function InstanceView({ id }: { id: string }): ReactNode {
  const { data, error, refetch } = useQuery(instanceQuery(useCompute(), id));
  // 403: it belongs to another tenant.
  const isUnknown = error instanceof ProblemError && [403, 404].includes(error.problem.status);
  if (isUnknown) return <InstanceNotFound id={id} />;
  if (data)
    return (
      <Stack gap="md">
        {error && <ProblemAlert error={error} retry={() => void refetch()} />}
        <Details instance={data} />
      </Stack>
    );
  if (error) return <ProblemAlert error={error} retry={() => void refetch()} />;
  return <LoadingPage />;
}

function Details({ instance }: { instance: InstanceDetails }): ReactNode {
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  const power = usePower(instance.id);
  useUsageRecorder(instance);
  const select = (value: string | null): void => {
    const chosen = tabOf(value);
    void navigate({
      to: '/instances/$id',
      params: { id: instance.id },
      search: chosen === 'overview' ? {} : { tab: chosen },
      resetScroll: false,
    });
  };
  const current = tab ?? 'overview';
  return (
    <Stack gap="md">
      <div>
        <PageHeader title={instance.name}>
          <PowerBar instance={instance} power={power} />
        </PageHeader>
        <Facts instance={instance} />
      </div>
      <PowerProblem power={power} />
      {instance.status === 'deleted' && <DeletedBanner instance={instance} />}
      <Tabs value={current} onChange={select} keepMounted={false}>
        <Tabs.List
          aria-label={t.tabs.label}
          style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}
        >
          {INSTANCE_TABS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t.tabs[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={current} pt="md">
          <InstanceTabPanel tab={current} instance={instance} onSelect={select} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

/** Status, type and what is in progress; of one height, so that nothing moves when something begins. */
function Facts({ instance }: { instance: InstanceDetails }): ReactNode {
  const { activity } = instance;
  return (
    <Group gap="sm" mih={30} role="status">
      <StatusBadge instance={instance} />
      <Badge variant="default" tt="none">
        {texts.instances.type[instance.type]}
      </Badge>
      {activity && (
        <Group gap={8} wrap="nowrap">
          <Loader size={14} />
          <Text size="sm" className="user-text">
            {activity.status === 'pending'
              ? t.activityPending(texts.tasks.type[activity.type])
              : t.activity(texts.tasks.type[activity.type])}
            {activity.progress !== null && ` · ${activity.progress}`}
            {` · ${t.activitySince} `}
            <RelativeTime at={activity.since} />
          </Text>
        </Group>
      )}
    </Group>
  );
}

function LoadingPage(): ReactNode {
  return (
    <Stack gap="md" aria-busy aria-label={t.loading}>
      <Skeleton height={42} maw={360} />
      <Skeleton height={30} maw={240} />
      <Skeleton height={36} />
      <Skeleton height={320} />
    </Stack>
  );
}
