import { Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../../texts';
import { columnsOf, DataTable } from '../../../ui/data-table';
import { LinkAnchor } from '../../../ui/links';
import { groupByReason, type FailureGroup } from '../readings/failing';
import type { Failing, Part } from '../readings/reading';
import { Section } from './section';

const t = texts.operators.failing;
const SHOWN_REASONS = 10;
const SHOWN_TENANTS = 5;

export function FailingSection({ part }: { part: Part<Failing> }): ReactNode {
  return (
    <Section id="failing" title={t.title} part={part}>
      {({ instances, isCut }) =>
        instances.length === 0 ? (
          <Text size="sm">{t.none}</Text>
        ) : (
          <>
            {isCut && <Text size="sm">{t.cut(instances.length)}</Text>}
            <Reasons groups={groupByReason(instances)} />
          </>
        )
      }
    </Section>
  );
}

function Reasons({ groups }: { groups: readonly FailureGroup[] }): ReactNode {
  const more = groups.length - SHOWN_REASONS;
  return (
    <>
      <Paper withBorder>
        <DataTable
          label={t.title}
          columns={COLUMNS}
          rows={groups.slice(0, SHOWN_REASONS)}
          rowId={({ reason }) => reason ?? ''}
        />
      </Paper>
      {more > 0 && <Text size="sm">{t.moreReasons(more)}</Text>}
    </>
  );
}

const helper = columnsOf<FailureGroup>();

const COLUMNS = helper.columns([
  helper.display({
    id: 'reason',
    header: t.column.reason,
    cell: ({ row: { original } }) => (
      <Text size="sm" className="user-text" lineClamp={3} maw={560} title={original.reason ?? undefined}>
        {original.reason ?? t.noReason}
      </Text>
    ),
  }),
  helper.display({ id: 'count', header: t.column.count, cell: ({ row }) => row.original.instances }),
  helper.display({
    id: 'tenants',
    header: t.column.tenants,
    cell: ({ row: { original } }) => <Tenants group={original} />,
  }),
]);

function Tenants({ group: { tenants } }: { group: FailureGroup }): ReactNode {
  const more = tenants.length - SHOWN_TENANTS;
  return (
    <Group gap="xs">
      {tenants.slice(0, SHOWN_TENANTS).map(({ tenantId, instances }) => (
        <LinkAnchor
          key={tenantId}
          size="sm"
          to="/operators/tenants"
          search={{ tenant: tenantId, status: 'error' }}
          className="user-text"
        >
          {t.tenant(tenantId, instances)}
        </LinkAnchor>
      ))}
      {more > 0 && <Text size="sm">{t.more(more)}</Text>}
    </Group>
  );
}
