import { Button, Group, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Quota } from 'uim-compute-client';
import { texts } from '../../../texts';
import { columnsOf, type Columns } from '../../../ui/data-table';
import { LinkButton } from '../../../ui/links';
import { UsageBar } from '../../../ui/usage-bar';
import { RESOURCES } from '../../../ui/usage/resources';
import type { TenantSearch } from './search';

const t = texts.operators.tenants;
const helper = columnsOf<Quota>();
/** The others are in the dialog. */
const SHOWN = RESOURCES.slice(0, 4);

export const tenantColumns = (onLimits: (tenantId: string) => void, search: TenantSearch): Columns<Quota> =>
  helper.columns([
    helper.display({
      id: 'tenant',
      header: t.column.tenant,
      cell: ({ row: { original } }) => (
        <Text size="sm" fw={600} className="user-text one-line" maw={200} title={original.tenantId}>
          {original.tenantId}
        </Text>
      ),
    }),
    helper.display({
      id: 'usage',
      header: t.column.usage,
      cell: ({ row: { original } }) => <UsageCell quota={original} />,
    }),
    helper.display({
      id: 'actions',
      header: texts.forms.actions,
      cell: ({ row: { original } }) => (
        <Group gap={4} wrap="nowrap">
          <LinkButton
            to="/operators/tenants"
            search={{ ...search, tenant: original.tenantId }}
            size="compact-sm"
            variant="subtle"
            aria-label={t.instancesOf(original.tenantId)}
          >
            {t.instances}
          </LinkButton>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t.limitsOf(original.tenantId)}
            onClick={() => onLimits(original.tenantId)}
          >
            {t.limits}
          </Button>
        </Group>
      ),
    }),
  ]);

function UsageCell({ quota: { usage, limits } }: { quota: Quota }): ReactNode {
  return (
    <SimpleGrid cols={4} spacing="md" miw={560}>
      {SHOWN.map(({ name, unit }) => (
        <UsageBar
          key={name}
          size="sm"
          label={texts.quotas.resource[name]}
          used={usage[name]}
          limit={limits[name]}
          unit={unit}
        />
      ))}
    </SimpleGrid>
  );
}
