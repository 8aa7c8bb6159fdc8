import { Button, Group, Paper, Progress, Text } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import type { WarmPool } from 'uim-compute-client';
import { texts } from '../../../texts';
import { columnsOf, DataTable, type Columns } from '../../../ui/data-table';
import { Section } from '../overview/section';
import { valueOf, type Part } from '../readings/reading';
import { WarmPoolDialogs, type WarmPoolDialog } from './warm-pool-dialogs';

const t = texts.operators.warmPools;
const NO_POOLS: readonly WarmPool[] = [];

export function WarmPoolsSection({ part }: { part: Part<readonly WarmPool[]> }): ReactNode {
  const [dialog, setDialog] = useState<WarmPoolDialog>();
  const columns = useMemo(() => columnsWith(setDialog), []);
  return (
    <Section
      id="warm-pools"
      title={t.title}
      text={t.text}
      part={part}
      action={
        <div>
          <Button variant="default" onClick={() => setDialog({ kind: 'add' })}>
            {t.add}
          </Button>
        </div>
      }
    >
      {(pools) => (
        <>
          {pools.length === 0 ? (
            <Text size="sm">{t.none}</Text>
          ) : (
            <Paper withBorder>
              <DataTable label={t.title} columns={columns} rows={pools} rowId={({ name }) => name} />
            </Paper>
          )}
          {dialog && (
            <WarmPoolDialogs
              dialog={dialog}
              pools={valueOf(part) ?? NO_POOLS}
              onClose={() => setDialog(undefined)}
            />
          )}
        </>
      )}
    </Section>
  );
}

const helper = columnsOf<WarmPool>();

const columnsWith = (onDialog: (dialog: WarmPoolDialog) => void): Columns<WarmPool> =>
  helper.columns([
    helper.display({
      id: 'name',
      header: t.column.name,
      cell: ({ row: { original } }) => (
        <Text size="sm" fw={600} className="user-text">
          {original.name}
        </Text>
      ),
    }),
    helper.display({
      id: 'fits',
      header: t.column.fits,
      cell: ({ row: { original } }) => (
        <div>
          <Text size="sm" className="user-text">
            {t.fits(original.flavor, t.type[original.type])}
          </Text>
          <Text size="xs" className="user-text">
            {original.imageId === '' ? t.noImage : original.imageId}
          </Text>
        </div>
      ),
    }),
    helper.display({
      id: 'fill',
      header: t.column.fill,
      cell: ({ row: { original } }) => <FillCell pool={original} />,
    }),
    helper.display({
      id: 'actions',
      header: texts.forms.actions,
      cell: ({ row: { original } }) => <ActionsCell pool={original} onDialog={onDialog} />,
    }),
  ]);

/** A full pool is good, unlike a full quota. */
function FillCell({ pool: { ready, size, preparing, lastError } }: { pool: WarmPool }): ReactNode {
  return (
    <div>
      <Text size="sm">
        {t.fill(ready, size)}
        {preparing > 0 && `, ${t.preparing(preparing)}`}
      </Text>
      <Progress.Root size="sm" maw={240} aria-hidden>
        <Progress.Section value={Math.min(100, (ready / size) * 100)} color="green" withAria={false} />
      </Progress.Root>
      {lastError !== null && (
        <Text size="xs" mt={4} className="user-text" lineClamp={2} maw={360} title={lastError}>
          {lastError}
        </Text>
      )}
    </div>
  );
}

interface ActionsProps {
  readonly pool: WarmPool;
  readonly onDialog: (dialog: WarmPoolDialog) => void;
}

function ActionsCell({ pool, onDialog }: ActionsProps): ReactNode {
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        size="compact-sm"
        variant="subtle"
        aria-label={t.editOf(pool.name)}
        onClick={() => onDialog({ kind: 'edit', pool })}
      >
        {t.edit}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        aria-label={t.deleteOf(pool.name)}
        onClick={() => onDialog({ kind: 'delete', pool })}
      >
        {t.delete}
      </Button>
    </Group>
  );
}
