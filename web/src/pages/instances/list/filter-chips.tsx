import { Anchor, Group, Pill, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Quota } from 'uim-compute-client';
import type { InstancePage } from '../../../api/queries';
import { texts } from '../../../texts';
import { hasFilter, withFilter, type InstanceSearch } from './search';

const t = texts.instances.filter;
const STATUS_LABELS: Readonly<Record<string, string>> = texts.instances.status;
const TYPE_LABELS: Readonly<Record<string, string>> = texts.instances.type;

interface Chip {
  readonly label: string;
  readonly without: InstanceSearch;
}

export interface FilterChipsProps {
  readonly search: InstanceSearch;
  readonly page: InstancePage | undefined;
  readonly quota: Quota | undefined;
  readonly onChange: (search: InstanceSearch) => void;
}

/** Filters in effect, and how much they hide: a user who forgets them wonders where instances are. */
export function FilterChips({ search, page, quota, onChange }: FilterChipsProps): ReactNode {
  if (!hasFilter(search)) return null;
  return (
    <Group gap="xs" mih={28} aria-live="polite">
      {chipsOf(search).map(({ label, without }) => (
        <Pill
          key={label}
          withRemoveButton
          classNames={{ label: 'user-text' }}
          removeButtonProps={{ 'aria-label': t.remove(label), 'aria-hidden': false, tabIndex: 0 }}
          onRemove={() => onChange(without)}
        >
          {label}
        </Pill>
      ))}
      <Anchor component="button" type="button" size="sm" onClick={() => onChange({})}>
        {texts.action.clearFilters}
      </Anchor>
      <Text size="sm" c="dimmed">
        {page && quota && effectOf(search, page, quota.usage.instances)}
      </Text>
    </Group>
  );
}

function chipsOf(search: InstanceSearch): readonly Chip[] {
  const { status, type, flavor, name, id, metadata = [] } = search;
  const chip = (label: string, changes: Record<string, unknown>): Chip => ({
    label,
    without: withFilter(search, changes),
  });
  return [
    ...(status ? [chip(`${t.status}: ${STATUS_LABELS[status] ?? status}`, { status: undefined })] : []),
    ...(type ? [chip(`${t.type}: ${TYPE_LABELS[type] ?? type}`, { type: undefined })] : []),
    ...(flavor !== undefined ? [chip(`${t.flavor}: ${flavor}`, { flavor: undefined })] : []),
    ...(name !== undefined ? [chip(`${t.name}: ${name}`, { name: undefined })] : []),
    ...(id !== undefined ? [chip(`${t.id}: ${id}`, { id: undefined })] : []),
    ...metadata.map((pair) => chip(pair, { metadata: metadata.filter((each) => each !== pair) })),
  ];
}

/** The service does not count matches; the number is known if they fit on one page. */
function effectOf({ pages }: InstanceSearch, page: InstancePage, total: number): string {
  const isOnlyPage = pages === undefined && page.nextPageToken === undefined;
  return isOnlyPage ? t.hides(Math.max(0, total - page.instances.length)) : t.hidesUnknown(total);
}
