import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { memo, useState, type ReactNode, type SubmitEvent } from 'react';
import { flavorsQuery } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import classes from './filter-bar.module.css';
import { FILTER_STATUSES, FILTER_TYPES, withFilter, type InstanceSearch } from './search';

const t = texts.instances.filter;
const STATUS_LABELS: Readonly<Record<string, string>> = texts.instances.status;
const TYPE_LABELS: Readonly<Record<string, string>> = texts.instances.type;

export interface FilterBarProps {
  readonly search: InstanceSearch;
  readonly onChange: (search: InstanceSearch) => void;
}

/**
 * On a phone, the fields are behind a button: the list is more important. Rendered only if the filters change, because
 * the list changes much more often.
 */
export const FilterBar = memo(function FilterBar({ search, onChange }: FilterBarProps): ReactNode {
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <div role="search" aria-label={t.label}>
      <Button variant="default" size="xs" hiddenFrom="sm" onClick={toggle} aria-expanded={isOpen}>
        {t.label}
      </Button>
      <div className={isOpen ? undefined : classes.hiddenOnPhone}>
        <Fields search={search} onChange={onChange} />
      </div>
    </div>
  );
});

function Fields({ search, onChange }: FilterBarProps): ReactNode {
  const flavors = useQuery(flavorsQuery(useCompute()));
  return (
    <Group gap="xs" align="flex-end">
      <Choice
        label={t.status}
        value={search.status}
        options={FILTER_STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] ?? value }))}
        onChange={(status) => onChange(withFilter(search, { status }))}
      />
      <Choice
        label={t.type}
        value={search.type}
        options={FILTER_TYPES.map((value) => ({ value, label: TYPE_LABELS[value] ?? value }))}
        onChange={(type) => onChange(withFilter(search, { type }))}
      />
      <Choice
        label={t.flavor}
        value={search.flavor}
        options={flavors.data?.map(({ name }) => ({ value: name, label: name })) ?? []}
        onChange={(flavor) => onChange(withFilter(search, { flavor }))}
      />
      <TextFilter search={search} onChange={onChange} />
    </Group>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string | undefined) => void;
}

/** One of the values, or any. The browser's own list opens at once, also on a phone. */
function Choice({ label, value = '', options, onChange }: ChoiceProps): ReactNode {
  const isKnown = value === '' || options.some((option) => option.value === value);
  return (
    <NativeSelect
      label={label}
      w={150}
      value={value}
      data={[{ value: '', label: t.any }, ...options, ...(isKnown ? [] : [{ value, label: value }])]}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
    />
  );
}

const FIELDS = [
  { value: 'name', label: t.name },
  { value: 'id', label: t.id },
  { value: 'metadata', label: t.metadata },
];

/** One field for everything that is text: its kind, its value, and a button. */
function TextFilter({ search, onChange }: FilterBarProps): ReactNode {
  const [field, setField] = useState('name');
  const [value, setValue] = useState('');
  const [error, setError] = useState<string>();
  const add = (event: SubmitEvent): void => {
    event.preventDefault();
    if (value === '') return;
    if (field === 'metadata' && !/^[^=]+=/.test(value)) {
      setError(t.metadataHint);
      return;
    }
    const added = field === 'metadata' ? [...(search.metadata ?? []), value] : value;
    onChange(withFilter(search, { [field]: added }));
    setValue('');
    setError(undefined);
  };
  return (
    <form onSubmit={add}>
      <Group gap="xs" align="flex-end">
        <NativeSelect
          label={t.by}
          w={190}
          value={field}
          data={FIELDS}
          onChange={({ currentTarget }) => setField(currentTarget.value)}
        />
        <TextInput
          label={t.value}
          w={200}
          value={value}
          error={error}
          maxLength={300}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t.add}
        </Button>
      </Group>
    </form>
  );
}
