import { Anchor, Button, Group, Select, TextInput } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { texts } from '../../texts';
import { parseSnapshotSearch, SNAPSHOT_STATUSES, type SnapshotSearch } from './search';

const t = texts.snapshots.filter;

export interface SnapshotFiltersProps {
  readonly search: SnapshotSearch;
  readonly onChange: (search: SnapshotSearch) => void;
}

export function SnapshotFilters({ search, onChange }: SnapshotFiltersProps): ReactNode {
  const [name, setName] = useState(search.name ?? '');
  const change = (changes: Record<string, unknown>): void =>
    onChange(parseSnapshotSearch({ ...search, pages: undefined, ...changes }));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    change({ name });
  };
  const clear = (): void => {
    setName('');
    onChange({});
  };
  const hasFilter = search.status !== undefined || search.name !== undefined;
  return (
    <Group gap="xs" role="search" aria-label={t.label} align="flex-end">
      <Select
        label={t.status}
        placeholder={t.any}
        clearable
        w={160}
        value={search.status ?? null}
        data={SNAPSHOT_STATUSES.map((value) => ({ value, label: texts.snapshots.status[value] }))}
        onChange={(status) => change({ status })}
      />
      <form onSubmit={submit}>
        <Group gap="xs" align="flex-end">
          <TextInput
            label={t.name}
            w={200}
            maxLength={255}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            {t.apply}
          </Button>
        </Group>
      </form>
      {hasFilter && (
        <Anchor component="button" type="button" size="sm" onClick={clear} pb={8}>
          {texts.action.clearFilters}
        </Anchor>
      )}
    </Group>
  );
}
